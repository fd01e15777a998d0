@echo off
rem Installs the agent for this user, or for the computer when run as an administrator; or upgrades it. --help tells more.
setlocal DisableDelayedExpansion
set "_keyrack=%~dp0"
if not exist "%_keyrack%current" goto packed
set /p _version=<"%_keyrack%current"
"%_keyrack%versions\%_version%\bin\node.exe" "%_keyrack%versions\%_version%\lib\main.js" install %*
set "_code=%errorlevel%"
if "%~1"=="" pause
exit /b %_code%

:packed
echo This archive is not unpacked yet. Close this window, right-click the .zip file and choose "Extract All...".
echo Then open install.cmd in the folder that appears.
pause
exit /b 1
