/** Door of the network that callouts of an org go through. */
export { InvalidRouteError, Routes, type Route } from './routes.js';
