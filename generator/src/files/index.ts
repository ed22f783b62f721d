export { makeFolder, makeFolders } from './folders.js';
