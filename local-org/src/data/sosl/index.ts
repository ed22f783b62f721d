export { executeSearch, type SearchFor, type SearchList } from './search.js';
