const { availableParallelism } = require('node:os');

module.exports = {
  'node-option': ['import=tsx'],
  extension: ['ts'],
  reporter: 'test/support/reporter.cjs',
  // A guard against tests that hang. Several files run at once, and with them the programs that they start.
  timeout: 60000,
  'forbid-only': true,
  jobs: Math.max(2, availableParallelism()),
};
