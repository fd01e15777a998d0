// Starts the agent in its folder without a window, and waits for it: the Task Scheduler sees that it runs, and how it ended.
var line = 'cmd.exe /d /c .\\keyrack.cmd agent --pcsc --log-file';
WScript.Quit(WScript.CreateObject('WScript.Shell').Run(line, 0, true));
