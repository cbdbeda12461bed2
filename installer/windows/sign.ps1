# Signs files with signtool and the certificate in WINDOWS_CERTIFICATE (a path of a .pfx) and WINDOWS_CERTIFICATE_PASSWORD.
# WINDOWS_TIMESTAMP_URL names the time-stamping service of whoever issued the certificate.
param([string[]]$Files)
$ErrorActionPreference = "Stop"

if (-not $env:WINDOWS_CERTIFICATE) {
    Write-Output "Not signed, because WINDOWS_CERTIFICATE names no certificate: $($Files -join ', ')"
    return
}
# Into the person's own store first: a password on signtool's command line could be read by every other program.
$password = ConvertTo-SecureString $env:WINDOWS_CERTIFICATE_PASSWORD -AsPlainText -Force
$certificate = Import-PfxCertificate -FilePath $env:WINDOWS_CERTIFICATE -CertStoreLocation Cert:\CurrentUser\My -Password $password
try {
    $arguments = @("sign", "/fd", "SHA256", "/sha1", $certificate.Thumbprint)
    if ($env:WINDOWS_TIMESTAMP_URL) { $arguments += @("/tr", $env:WINDOWS_TIMESTAMP_URL, "/td", "SHA256") }
    & signtool @arguments @Files
    if ($LASTEXITCODE -ne 0) { throw "signtool ended with $LASTEXITCODE" }
} finally {
    Remove-Item "Cert:\CurrentUser\My\$($certificate.Thumbprint)"
}
