@echo off
rem Removes the agent. --help tells more.
setlocal DisableDelayedExpansion
set "_keyrack=%~dp0"
if not exist "%_keyrack%current" goto packed
set /p _version=<"%_keyrack%current"
"%_keyrack%versions\%_version%\bin\node.exe" "%_keyrack%versions\%_version%\lib\main.js" uninstall %*
set "_code=%errorlevel%"
if "%~1"=="" pause
if not "%_code%"=="10" exit /b %_code%
rem The program could not remove itself while it ran. This file goes too, so all that follows is read at once.
rem What the agent was started by may end a moment after it. Until then Windows removes neither its program nor its folder.
cd /d "%SystemRoot%"
(
  for /l %%n in (1,1,10) do if exist "%_keyrack%versions" (
    rd /s /q "%_keyrack%versions" 2>nul
    if exist "%_keyrack%versions" ping -n 2 127.0.0.1 >nul
  )
  del /q "%_keyrack%current" "%_keyrack%installed.json" "%_keyrack%start-hidden.js" "%_keyrack%keyrack.cmd" "%_keyrack%install.cmd" "%_keyrack%uninstall.cmd"
  for /l %%n in (1,1,10) do if exist "%_keyrack%." if not exist "%_keyrack%data" (
    rd "%_keyrack%." 2>nul
    if exist "%_keyrack%." ping -n 2 127.0.0.1 >nul
  )
  if exist "%_keyrack%versions" (echo A program of "%_keyrack%versions" still runs; remove that folder by hand.) else (echo Keyrack is removed.)
  exit /b 0
)

:packed
echo This archive is not unpacked yet. Close this window, right-click the .zip file and choose "Extract All...".
echo Then open uninstall.cmd in the folder that appears.
pause
exit /b 1
