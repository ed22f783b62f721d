#!/usr/bin/env node
// Runs one local org until it is told to stop: from the built output, or from the sources when tsx is loaded.
const fromSources = process.execArgv.some((argument) => argument.includes('tsx'));
await import(fromSources ? '../src/process/main.ts' : '../../dist/local-org/src/process/main.js');
