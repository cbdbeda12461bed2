@echo off
rem Runs Maven for this project: the installed one if it is new enough, otherwise one pinned release, which is fetched
rem once into .m2\mailroom of the user's folder and checked against the hash below. MAILROOM_MAVEN_BASE names another
rem place to fetch it from. The lines after :powershell are PowerShell and do the fetching.
setlocal enableextensions disabledelayedexpansion

set "VERSION=3.9.11"
set "SHA512=03e2d65d4483a3396980629f260e25cac0d8b6f7f2791e4dc20bc83f9514db8d0f05b0479e699a5f34679250c49c8e52e961262ded468a20de0be254d8207076"
if not defined MAILROOM_MAVEN_BASE set "MAILROOM_MAVEN_BASE=https://archive.apache.org/dist/maven/maven-3/%VERSION%/binaries"
set "STORE=%USERPROFILE%\.m2\mailroom"
set "MAVEN=%STORE%\apache-maven-%VERSION%"
set "SELF=%~f0"
pushd "%~dp0"

set "PATH_ALONE=%PATH%"
if not exist "%JAVA_HOME%\bin\javac.exe" set "JAVA_HOME="
if defined JAVA_HOME set "PATH=%JAVA_HOME%\bin;%PATH%"
call :find_java
if %JAVA_MAJOR% geq 17 goto find_maven
set "JAVA_HOME="
set "PATH=%PATH_ALONE%"
call :find_java
if %JAVA_MAJOR% geq 17 goto find_maven
>&2 echo mvnw: no JDK 17 or newer found. Install one and set JAVA_HOME to its folder, or put it on the PATH.
exit /b 1

:find_maven
rem The plug-ins of the build ask for Maven 3.8.6.
set "FOUND="
set "NUMBER=0"
for /f "tokens=3" %%v in ('mvn -B -v 2^>nul ^| findstr /c:"Apache Maven"') do set "FOUND=%%v"
for /f "tokens=1-3 delims=.-" %%a in ("%FOUND%") do set /a "NUMBER=%%a*1000000+%%b*1000+%%c" >nul 2>nul
set "COMMAND=mvn"
if %NUMBER% geq 3008006 goto run

set "COMMAND=%MAVEN%\bin\mvn.cmd"
if exist "%COMMAND%" goto run
rem A newer PowerShell around this one would leave it with modules that it cannot load.
set "PSModulePath="
powershell -NoProfile -Command "Invoke-Expression ((Get-Content -Raw -LiteralPath $env:SELF) -split '(?m)^:powershell\r?$')[-1]"
if errorlevel 1 exit /b 1

:run
call "%COMMAND%" %*
exit /b %errorlevel%

:find_java
set "JAVA_VERSION=0"
set "JAVA_MAJOR=0"
where /q javac.exe || exit /b
for /f "tokens=3" %%v in ('java -version 2^>^&1 ^| findstr /c:" version "') do set "JAVA_VERSION=%%~v"
for /f "delims=.-+" %%m in ("%JAVA_VERSION%") do set "JAVA_MAJOR=%%m"
exit /b

:powershell
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
# Everything happens in a folder of its own, and only a checked and complete Maven is moved to its name.
$part = Join-Path $env:STORE ('.part-' + [Guid]::NewGuid())
$failed = 0
try {
    New-Item -ItemType Directory -Force -Path $part | Out-Null
    $url = "${env:MAILROOM_MAVEN_BASE}/apache-maven-${env:VERSION}-bin.zip"
    $zip = Join-Path $part 'maven.zip'
    [Console]::Error.WriteLine("mvnw: fetching $url")
    Invoke-WebRequest -UseBasicParsing -Uri $url -OutFile $zip
    if ((Get-FileHash -Algorithm SHA512 -LiteralPath $zip).Hash -ne $env:SHA512) {
        throw "$url is not the expected file (wrong SHA-512). It was deleted."
    }
    Expand-Archive -LiteralPath $zip -DestinationPath $part
    try {
        [IO.Directory]::Move((Join-Path $part "apache-maven-${env:VERSION}"), $env:MAVEN)
    } catch {
        # Another start may have been first.
        if (-not (Test-Path -LiteralPath (Join-Path $env:MAVEN 'bin\mvn.cmd'))) { throw }
    }
} catch {
    [Console]::Error.WriteLine("mvnw: $_")
    $failed = 1
} finally {
    Remove-Item -Recurse -Force -LiteralPath $part -ErrorAction SilentlyContinue
}
exit $failed
