/** Release notes Summer '24: from this API version on, no method of a subclass overrides a private one. */
export const PRIVATE_METHODS_STAY_SINCE = 61;
