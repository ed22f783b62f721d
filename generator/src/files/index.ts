export { makeFolder, makeFolders } from './folders.js';
export { persistently } from './persistently.js';
