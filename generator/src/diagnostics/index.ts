export { Problem, finding } from './rule.js';
export type { Finding, Path, ProblemDetails, Rule } from './rule.js';
export { byCodeUnit, enumerate, printable, quote } from './printable.js';
export { suggest } from './suggest.js';
export { excerptOf } from './excerpt.js';
export { compareDiagnostics, formatDiagnostic } from './format.js';
export { isSecretName } from './secret.js';
