import { stringify } from 'yaml';

/** What `callout init` asks. */
export interface InitAnswers {
  /** Kebab-case name, also the name of the file. */
  readonly name: string;
  readonly label?: string;
  /** Base URL of the API. */
  readonly url: string;
  readonly auth: 'clientCredentials' | 'browser' | 'jwtBearer' | 'customHeader' | 'basic';
  readonly tokenUrl?: string;
  readonly authorizeUrl?: string;
  /** Header of an API key. */
  readonly header?: string;
  /** Certificate of a JWT bearer. */
  readonly certificate?: string;
  /** Object whose saves are sent; without it the integration is an action. */
  readonly object?: string;
  readonly when?: 'create' | 'update' | 'createOrUpdate';
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path?: string;
}

/** The text of a first environment. */
export function initEnvironmentTemplate(answers: { readonly integrationUser: string }): string {
  return `# yaml-language-server: $schema=../environment.schema.json
# One org that the project is deployed to. The generated files hold the values of the default environment.
default: true

# Every call is made as this user, who alone needs the credentials. The user must exist in the org.
integrationUser: ${scalar(answers.integrationUser)}
`;
}

/** The text of a first integration, with comments that say what else there is. Correct if the answers are. */
export function initTemplate(answers: InitAnswers): string {
  const sections = [
    head(answers),
    endpoint(answers),
    auth(answers),
    trigger(answers),
    requests(answers),
    rest(answers),
  ];
  return sections.join('\n');
}

function head({ name, label }: InitAnswers): string {
  const words = name.replaceAll('-', ' ');
  return `# yaml-language-server: $schema=../integration.schema.json
# The reference of all keys is docs/configuration.md; \`callout explain\` shows every default.
label: ${scalar(label ?? words.charAt(0).toUpperCase() + words.slice(1))}
`;
}

function endpoint({ url }: InitAnswers): string {
  return `endpoint:
  # Base URL of the API. Files in config/environments replace it for other orgs.
  url: ${scalar(url)}
  timeout: 30s
`;
}

function auth(answers: InitAnswers): string {
  return `# Secrets never stand here: they are entered in the org after the first deployment.
auth:
  type: ${answers.auth}
${AUTH_LINES[answers.auth](answers)}`;
}

const tokenUrlLine = ({ tokenUrl }: InitAnswers): string =>
  `  tokenUrl: ${scalar(tokenUrl ?? 'https://login.example.com/oauth2/token')}\n`;

const AUTH_LINES: Readonly<Record<InitAnswers['auth'], (answers: InitAnswers) => string>> = {
  clientCredentials: (answers) => `${tokenUrlLine(answers)}  # Where the secret travels: body, or basicHeader.
  clientAuthentication: body
  # scopes: [orders.write]
`,
  browser: (answers) => `  authorizeUrl: ${scalar(answers.authorizeUrl ?? 'https://login.example.com/oauth2/authorize')}
${tokenUrlLine(answers)}  # Without a refresh token a person must log in again whenever the session expires.
  scopes: [refresh_token]
`,
  jwtBearer: (answers) => `${tokenUrlLine(answers)}  # Name of a certificate with private key in the org.
  certificate: ${scalar(answers.certificate ?? 'Integration_Signing')}
  issuer: client-id
  subject: user@example.com
  audience: https://login.example.com
`,
  customHeader: ({ header }) => `  # Header that carries the secret.
  header: ${scalar(header ?? 'X-API-Key')}
`,
  basic: () => '',
};

function trigger({ object, when }: InitAnswers): string {
  if (object === undefined) {
    return `# Without a trigger the integration is an action for flows and Apex. These values are passed in by the caller.
inputs:
  reference:
    type: text
    required: true
    description: What the call is about.
`;
  }
  return `# Which saves are sent. The outbox row is saved together with the record, so nothing is lost.
trigger:
  object: ${scalar(object)}
  when: ${when ?? 'createOrUpdate'}
  # conditions:
  #   - field: Status__c
  #     operator: equals
  #     value: Ready
  # changedFields: [Name]
`;
}

function requests(answers: InitAnswers): string {
  const method = answers.method ?? 'POST';
  const sends = method !== 'GET' && method !== 'DELETE';
  const value = answers.object === undefined ? '{!input.reference}' : '{!Id}';
  const lines = [
    '# The calls of one delivery, in order. {!Field} is a field of the record, {!input.name} an input of an action.',
    'requests:',
    '  - name: send',
    `    method: ${method}`,
    `    path: ${scalar(answers.path ?? '/')}`,
  ];
  if (method === 'POST' || method === 'PATCH') {
    lines.push(
      '    # The same key is sent when a call is repeated, so that the receiver does the work once.',
      '    idempotencyHeader: Idempotency-Key',
    );
  }
  if (sends) lines.push('    body:', `      id: ${scalar(value)}`);
  else if (answers.object === undefined) lines.push('    query:', `      reference: ${scalar(value)}`);
  lines.push('    # response:', '    #   outputs:', '    #     number: result.number', '');
  return lines.join('\n');
}

function rest({ object }: InitAnswers): string {
  return `# The defaults, for a start:
# retry:
#   attempts: 10
#   deadline: 1d
# queue:
${object === undefined ? '' : "#   orderBy: '{!Id}'\n"}#   payload: snapshot
# monitoring:
#   deadLetterAlerts:
#     email: [admin@example.com]
`;
}

/** A value as YAML writes it on one line, in quotes where it needs them. */
function scalar(value: string): string {
  // JSON is YAML too, and escapes what would otherwise end the line.
  if (/[^\x20-\x7e]/.test(value)) return JSON.stringify(value);
  return stringify(value, { lineWidth: 0, singleQuote: true, blockQuote: false }).trimEnd();
}
