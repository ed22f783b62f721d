import type { DeploymentCheck } from '../deployment/index.js';
import type { Kernel } from '../platform/kernel/index.js';

/**
 * PLATFORM 3.4: a class that is scheduled cannot be changed. The platform also refuses what such a class uses; that is not checked.
 * @param kernel undefined while nothing of the org has run yet, so that nothing is scheduled
 */
export function refusePendingJobs(kernel: () => Kernel | undefined): DeploymentCheck {
  return (pkg, org) =>
    pkg.components.flatMap(({ type, fullName, fileName, content }) => {
      if (type !== 'ApexClass' || org.component(type, fullName)?.content === content) return [];
      const triggers = kernel()?.scheduledTriggers(fullName) ?? [];
      if (triggers.length === 0) return [];
      const message = `This schedulable class has jobs pending or in progress - CronTrigger IDs (${triggers.join(', ')})`;
      return [{ type, fullName, fileName, line: 1, column: 1, severity: 'Error', message }];
    });
}
