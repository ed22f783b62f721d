/** What stands before the tables of the reference. */
export const referenceIntroduction = `# Configuration reference

This page is generated from the schema that the generator checks with. \`callout validate\` reports all problems of all
files in one run. \`callout explain <file>\` prints an integration with every default.

Editors complete and check the files when the first line names the schema:

\`\`\`yaml
# yaml-language-server: $schema=../integration.schema.json
\`\`\`

The shortest integration that does something is an action with one request:

\`\`\`yaml
endpoint:
  url: https://api.example.com/v1
auth:
  type: clientCredentials
  tokenUrl: https://login.example.com/oauth2/token
requests:
  - path: /status
\`\`\`

A duration is a whole number with a unit, \`30s\`, \`5m\`, \`2h\` or \`7d\`, or a number of seconds.

The files are YAML 1.2 in UTF-8, at most 1 MB each. Anchors, aliases, merge keys, tags, directives, several documents in
one file and tabs as indentation are refused.
`;

/** How merge fields are written. */
export const referenceMergeFields = `## Merge fields

Paths, query values, headers and bodies of requests hold merge fields:

| written | is |
|---|---|
| \`{!Name}\` | a field of the record |
| \`{!Owner.Email}\`, \`{!Account__r.Name}\` | a field of a related record, over at most five relationships |
| \`{!input.amount}\` | an input of the action |
| \`{!requests.create-order.orderId}\` | the output \`orderId\` of the earlier request \`create-order\` |
| \`\\{!\` | the two characters \`{!\` as text |

\`input.\` and \`requests.\` in lower case are reserved. A relationship of such a name is written with a capital letter, as
Salesforce does not tell upper and lower case apart: \`{!Input.Name}\`.

In a body, a value that is one merge field and nothing else keeps the type of the field: a number stays a number, a date
a date, an empty field becomes \`null\`. Among other text, the value becomes text. In paths and queries, values are
encoded for a URL.

Formulas such as \`{!$Organization.Id}\` stand only in the \`formula\` of an endpoint's header, where the platform
evaluates them.
`;
