// Loaded before a measured program: when that ends, writes its peak memory in bytes and its processor time in milliseconds to the
// file that the variable names.
import { writeFileSync } from 'node:fs';

process.once('exit', () => {
  const target = process.env.CALLOUT_BENCH_USAGE;
  if (target === undefined) return;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(target, JSON.stringify({ maxRss: maxRSS * 1024, cpu: (userCPUTime + systemCPUTime) / 1000 }));
});
