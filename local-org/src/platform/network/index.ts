/** Door of the network that callouts of an org go through. */
export { InvalidRouteError, RouteFileError, Routes, type Route } from './routes.js';
