#!/usr/bin/env node
import { useCompileCache } from './compile-cache.ts';

// Before the rest is loaded: what is imported above is compiled without the cache.
useCompileCache();
const [{ runCommands }, { COMMANDS }] = await Promise.all([import('./run-commands.ts'), import('./commands.ts')]);
await runCommands(COMMANDS);
