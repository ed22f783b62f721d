/** Door of the streaming API. */
export { registerStreaming } from './routes.js';
export { CHANNELS, Streaming, type StreamingOptions } from './streaming.js';
