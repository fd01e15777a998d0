@echo off
rem Runs the version of Keyrack that the file "current" names. "keyrack agent update" changes that file, and nothing else here.
setlocal
set /p KEYRACK_VERSION=<"%~dp0current"
"%~dp0versions\%KEYRACK_VERSION%\bin\node.exe" "%~dp0versions\%KEYRACK_VERSION%\lib\main.js" %*
