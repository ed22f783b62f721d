/** Type and message of the exception that work ends in. */
export function endingOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('$typeName' in error) || !('$x' in error)) throw error;
    const state = error.$x;
    const message = typeof state === 'object' && state !== null && 'message' in state ? String(state.message) : '';
    return `${String(error.$typeName)}: ${message}`;
  }
  return 'no end';
}
