import type { Steps } from '../../apex/runtime/index.js';
import type { OrgLimits } from './org-limits.js';

/** Counts each transaction of asynchronous Apex as an execution. */
export function* counted<R>(steps: Steps<R>, limits: OrgLimits): Steps<R> {
  let next = steps.next();
  while (next.done !== true) {
    limits.noteExecution();
    next = steps.next(yield next.value);
  }
  return next.value;
}
