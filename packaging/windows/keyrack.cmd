@echo off
rem Runs the version of Keyrack that the file "current" names. Exit code and arguments are those of the program.
setlocal DisableDelayedExpansion
set "_keyrack=%~dp0"
set /p _version=<"%_keyrack%current"
"%_keyrack%versions\%_version%\bin\node.exe" "%_keyrack%versions\%_version%\lib\main.js" %*
