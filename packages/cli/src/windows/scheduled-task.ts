import type { InstalledFor } from './installed-folders.ts';

export interface AgentTask {
  readonly whom: InstalledFor;
  /** The number of the user (SID) who runs it. */
  readonly user: string;
  /** The folder that holds `keyrack.cmd`. */
  readonly program: string;
  /** Windows' own folder, e.g. `C:\Windows`. */
  readonly system: string;
}

/** Local Service: an account of Windows with few rights, which runs without anybody at the screen. */
export const LOCAL_SERVICE = 'S-1-5-19';

/** What is run, in the folder of the program. No folder is named in it, so that no name of one can break it. */
const AGENT_LINE = '/d /c .\\keyrack.cmd agent --pcsc --log-file';

/**
 * The agent's task, as `schtasks /create /xml` takes it. It starts at log-on of its user, or at boot.
 *
 * "Restart on failure" is about a start that fails: Task Scheduler takes any exit code for success. So the trigger repeats
 * every minute, and does nothing while the agent runs.
 */
export function taskXml({ whom, user, program, system }: AgentTask): string {
  const repetition = '<Repetition><Interval>PT1M</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>';
  const trigger =
    whom === 'user'
      ? `<LogonTrigger>${repetition}<Enabled>true</Enabled><UserId>${escaped(user)}</UserId></LogonTrigger>`
      : `<BootTrigger>${repetition}<Enabled>true</Enabled></BootTrigger>`;
  const logon = whom === 'user' ? '<LogonType>InteractiveToken</LogonType>' : '';
  const [command, line] =
    whom === 'user'
      ? // A program of the console would show its window for as long as it runs.
        [`${system}\\System32\\wscript.exe`, '//B //NoLogo start-hidden.js']
      : [`${system}\\System32\\cmd.exe`, AGENT_LINE];
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Keyrack front-desk agent: carries out room-card commands on card encoders.</Description>
  </RegistrationInfo>
  <Triggers>${trigger}</Triggers>
  <Principals>
    <Principal id="Author"><UserId>${escaped(user)}</UserId>${logon}<RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>5</Priority>
    <RestartOnFailure><Interval>PT1M</Interval><Count>255</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escaped(command)}</Command>
      <Arguments>${escaped(line)}</Arguments>
      <WorkingDirectory>${escaped(program)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`.replaceAll('\n', '\r\n');
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
