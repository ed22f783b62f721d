interface ElementGap {
  readonly type: string;
  readonly element: string;
  /** In the schema file's notation: `string?`, `FlowStatus`, `FlowCondition*`. */
  readonly rule: string;
}

/**
 * Where the published types are narrower or stricter than what orgs export and accept (TOOLCHAIN 7). Each line was seen
 * in files that deploy.
 */
export const knownGaps: {
  readonly elements: readonly ElementGap[];
  readonly enums: Readonly<Record<string, readonly string[]>>;
} = {
  elements: [
    { type: 'FlowActionCall', element: 'versionSegment', rule: 'number?' },
    { type: 'FlowActionCall', element: 'nameSegment', rule: 'string?' },
    { type: 'FlowActionCall', element: 'offset', rule: 'number?' },
    { type: 'CustomField', element: 'displayLocationInDecimal', rule: 'boolean?' },
    // Newer than the other rights of a row, so that older files have no entry for it (PLATFORM 1.5).
    { type: 'PermissionSetObjectPermissions', element: 'viewAllFields', rule: 'boolean?' },
  ],
  enums: {
    NamedCredentialType: ['AnonymousEndpoint', 'Credentials'],
  },
};
