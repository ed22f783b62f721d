// Loaded before a measured program: writes its peak memory in bytes to the file that the variable names, when it ends.
import { writeFileSync } from 'node:fs';

process.once('exit', () => {
  const target = process.env.CALLOUT_BENCH_MEMORY;
  if (target !== undefined) writeFileSync(target, String(process.resourceUsage().maxRSS * 1024));
});
