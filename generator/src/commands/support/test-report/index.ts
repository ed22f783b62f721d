export { coverageTable, lcov } from './coverage.js';
export { junit } from './junit.js';
export { testFolders } from './package-directories.js';
export { SpecReport } from './spec.js';
export { watchFolders } from './watch.js';
