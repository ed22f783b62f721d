#!/usr/bin/env node
// Runs one external system until it is told to stop: from the built output, or from the sources when tsx is loaded.
const fromSources = process.execArgv.some((argument) => argument.includes('tsx'));
await import(fromSources ? '../src/external/process/main.ts' : '../../dist/local-org/src/external/process/main.js');
