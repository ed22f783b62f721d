// Required before the program: at its end it prints which of the named packages were loaded.
const { sep } = require('node:path');

process.on('exit', () => {
  const packages = process.env.WATCHED_PACKAGES.split(',');
  const loaded = packages.filter((name) =>
    Object.keys(require.cache).some((file) => file.includes(['', 'node_modules', ...name.split('/'), ''].join(sep))),
  );
  process.stderr.write(`\nloaded: ${loaded.join(',') || 'none'}\n`);
});
