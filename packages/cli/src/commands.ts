import { type Commands, keyrackProgram } from './program.ts';

/**
 * The commands, in the order of the help. Each is loaded when it is wanted: a server is much code, and whoever asks for
 * the version of Keyrack shouldn't wait for it.
 */
export const COMMANDS: Commands = {
  demo: async (terminal) => (await import('./demo.ts')).demoCommand(terminal),
  serve: async (terminal) => (await import('./serve.ts')).serveCommand(terminal),
  agent: async (terminal) => (await import('./agent.ts')).agentCommand(terminal),
  sim: async (terminal) => (await import('./sim.ts')).simCommand(terminal),
  sign: async (terminal) => (await import('./sign.ts')).signCommand(terminal),
  backup: async (terminal) => (await import('./backup.ts')).backupCommand(terminal),
  restore: async (terminal) => (await import('./backup.ts')).restoreCommand(terminal),
  login: async (terminal) => (await import('./login.ts')).loginCommand(terminal),
  logout: async (terminal) => (await import('./login.ts')).logoutCommand(terminal),
  properties: async (terminal) => (await import('./administration/properties.ts')).propertiesCommand(terminal),
  buildings: async (terminal) => (await import('./administration/places.ts')).buildingsCommand(terminal),
  floors: async (terminal) => (await import('./administration/places.ts')).floorsCommand(terminal),
  rooms: async (terminal) => (await import('./administration/rooms.ts')).roomsCommand(terminal),
  accounts: async (terminal) => (await import('./administration/accounts.ts')).accountsCommand(terminal),
  members: async (terminal) => (await import('./administration/members.ts')).membersCommand(terminal),
  persons: async (terminal) => (await import('./administration/persons.ts')).personsCommand(terminal),
  me: async (terminal) => (await import('./administration/me.ts')).meCommand(terminal),
  sessions: async (terminal) => (await import('./administration/me.ts')).sessionsCommand(terminal),
  factors: async (terminal) => (await import('./administration/factors.ts')).factorsCommand(terminal),
  operations: async (terminal) => (await import('./administration/operations.ts')).operationsCommand(terminal),
  agents: async (terminal) => (await import('./administration/agents.ts')).agentsCommand(terminal),
  downloads: async (terminal) => (await import('./administration/downloads.ts')).downloadsCommand(terminal),
  encoders: async (terminal) => (await import('./administration/encoders.ts')).encodersCommand(terminal),
  cards: async (terminal) => (await import('./administration/cards.ts')).cardsCommand(terminal),
  sandbox: async (terminal) => (await import('./administration/sandbox.ts')).sandboxCommand(terminal),
  guests: async (terminal) => (await import('./administration/guests.ts')).guestsCommand(terminal),
  webhooks: async (terminal) => (await import('./administration/webhooks.ts')).webhooksCommand(terminal),
  events: async (terminal) => (await import('./administration/events.ts')).eventsCommand(terminal),
  locks: async (terminal) => (await import('./locks.ts')).locks(terminal),
  keys: async (terminal) => (await import('./administration/card-keys.ts')).keysCommand(terminal),
  'card-keys': async (terminal) => (await import('./administration/card-keys.ts')).cardKeysCommand(terminal),
  completion: async (terminal) =>
    (await import('./completion.ts')).completionCommand(terminal, () => keyrackProgram(terminal, COMMANDS)),
  import: async (terminal) => (await import('./import/import-command.ts')).importCommand(terminal),
  audit: async (terminal) => (await import('./administration/audit.ts')).auditCommand(terminal),
};
