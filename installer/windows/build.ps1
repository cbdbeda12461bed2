# Makes the installer for Windows: installer\windows\build.ps1 [-Version 1.2.0], after .\mvnw.cmd -DskipTests package.
# It is in target\packages. No network is used. What is needed beside a JDK 17: WiX 3 on the path.
param([string]$Version = "")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Tool([string]$Tool, [string[]]$Arguments) {
    & $Tool @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Tool ended with $LASTEXITCODE" }
}

$bin = if ($env:JAVA_HOME) { Join-Path $env:JAVA_HOME "bin\" } else { "" }
$image = "target\installer\image\Mailroom"
$packages = "target\packages"

Invoke-Tool "${bin}java" (@("installer/BuildImage.java") + @($Version | Where-Object { $_ }))
$found = Select-String -Path "$image\app\Mailroom.cfg" -Pattern "jpackage.app-version=(.+)"
$Version = $found.Matches[0].Groups[1].Value

# A session of a build server has a display. The archive itself is made at the program's place, after its first use.
Invoke-Tool "${bin}java" @("installer/RecordClasses.java", "$image\mailroom-console.exe", "$image\app")
Invoke-Tool "$image\mailroom-console.exe" @("--version")

& installer\windows\sign.ps1 -Files (Get-ChildItem -Path $image -Filter *.exe).FullName

New-Item -ItemType Directory -Force $packages | Out-Null
Invoke-Tool "${bin}jpackage" @(
    "@installer/windows/package.args", "--name", "Mailroom", "--app-version", $Version,
    "--app-image", $image, "--dest", $packages, "--license-file", "LICENSE",
    "--description", "Write, send and follow mailings")
$package = Get-ChildItem -Path $packages -Filter "Mailroom-$Version.msi"
& installer\windows\sign.ps1 -Files @($package.FullName)
$sum = (Get-FileHash -Algorithm SHA256 $package.FullName).Hash.ToLower()
Set-Content -Path "$packages\SHA256SUMS-windows" -Value "$sum  $($package.Name)" -Encoding ascii
Write-Output "Done: $($package.FullName)"
