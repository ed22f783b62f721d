import type {
  Integration,
  IntegrationName,
  ApiName,
  ProjectModel,
  ProjectPath,
} from '../../../../generator/src/model/index.js';
import {
  auth,
  AUTH_PROVIDER,
  BASIC,
  BROWSER,
  CLIENT_CREDENTIALS,
  CUSTOM_HEADER,
  environment,
  field,
  integration,
  JWT_BEARER,
  project,
  trigger,
} from './models.js';

const ACCOUNT_SYNC = integration().name;

function renamed(name: string, apiName: string, changes: Partial<Integration>): Integration {
  return integration({
    name: name as IntegrationName,
    apiName: apiName as ApiName,
    label: name.replaceAll('-', ' '),
    source: `config/integrations/${name}.yaml` as ProjectPath,
    ...changes,
  });
}

/** One project for each kind of authentication and each option that changes the files; the expected files are in golden/<name>. */
export const GOLDEN_PROJECTS: Readonly<Record<string, ProjectModel>> = {
  'client-credentials-body': project([integration()]),
  'client-credentials-basic': project([
    integration({ auth: auth({ ...CLIENT_CREDENTIALS, clientAuthentication: 'basicHeader', scopes: [] }) }),
  ]),
  'browser-identity-provider': project([
    integration({
      auth: auth({ ...BROWSER, userInfoUrl: 'https://login.example.com/userinfo' }),
      trigger: trigger({ event: 'createOrUpdate' }),
    }),
  ]),
  'browser-auth-provider': project([
    integration({
      auth: auth({ ...AUTH_PROVIDER, clientAuthentication: 'basicHeader', pkce: false }),
    }),
  ]),
  'jwt-bearer': project([integration({ auth: auth(JWT_BEARER) })]),
  'custom-header': project([
    integration({ auth: auth(CUSTOM_HEADER, { generateAuthorizationHeader: false }), trigger: undefined }),
  ]),
  'custom-header-prefix': project([
    integration({ auth: auth({ ...CUSTOM_HEADER, header: 'Authorization', prefix: "Key 'n' " }) }),
  ]),
  'basic-auth': project([integration({ auth: auth(BASIC) })]),
  'per-user': project([
    integration({
      auth: auth(CLIENT_CREDENTIALS, { principal: { scope: 'perUser', name: 'Person' } }),
      trigger: undefined,
    }),
  ]),
  'legacy-browser': project([integration({ auth: auth(AUTH_PROVIDER, { credentialStyle: 'legacy' }) })]),
  'legacy-jwt': project([integration({ auth: auth(JWT_BEARER, { credentialStyle: 'legacy' }) })]),
  headers: project([
    integration({
      endpoint: {
        ...integration().endpoint,
        headers: [
          { name: 'Accept', kind: 'static', value: 'application/json' },
          { name: 'X-Org', kind: 'formula', value: '{!$Organization.Id}' },
          { name: 'X-User', kind: 'formula', value: '$User.Id' },
        ],
        allowMergeFieldsInBody: true,
      },
    }),
  ]),
  'trigger-create': project([integration({ trigger: trigger({ event: 'create', changedFields: [] }) })]),
  'trigger-conditions': project([
    integration({
      trigger: trigger({
        conditions: [
          { field: field('Type'), operator: 'equals', value: 'Customer' },
          { field: field('NumberOfEmployees'), operator: 'greaterThan', value: 10 },
        ],
      }),
    }),
  ]),
  'trigger-create-or-update-conditions': project([
    integration({
      trigger: trigger({
        event: 'createOrUpdate',
        conditions: [{ field: field('Type'), operator: 'equals', value: 'Customer' }],
      }),
    }),
  ]),
  immediate: project([integration({ trigger: trigger({ delivery: 'immediate' }) })]),
  'policy-options': project([
    integration({
      label: 'An integration with a label that is longer than a record may have',
      auth: auth(CLIENT_CREDENTIALS, {
        expiredSession: [
          { status: 500, bodyContains: 'INVALID_SESSION_ID' },
          { status: 419, bodyContains: undefined },
        ],
        refreshProbe: '/limits',
      }),
      monitoring: {
        tokenTracking: false,
        deadLetterAlerts: { kind: 'email', addresses: ['a@example.com', 'b@example.com'] },
        circuitAlerts: { kind: 'notification', notificationType: 'Callout_Alert', recipients: ['ops@example.com'] },
      },
    }),
  ]),
  'hostile-texts': project([
    integration({
      label: `<&"'> 🚚 ]]>`,
      description: `<!-- </label> "quoted" & 'apostrophes' --> \u00e9\u4e2d`,
    }),
  ]),
  environments: project(
    [
      integration(),
      renamed('case-mirror', 'CaseMirror', { auth: auth(BROWSER), trigger: trigger({ flowName: 'Case_Mirror' }) }),
    ],
    [
      environment('local', {
        isDefault: true,
        integrationUser: 'integration@local.example',
        values: { [ACCOUNT_SYNC]: { endpointUrl: 'https://erp.local.example/api' } },
      }),
      environment('production', {
        integrationUser: 'integration@production.example',
        values: {
          [ACCOUNT_SYNC]: { tokenUrl: 'https://login.production.example/token?a=1&b=$2' },
          'case-mirror': {
            endpointUrl: 'https://partner.production.example/services/data/v66.0',
            authorizeUrl: 'https://partner.production.example/authorize',
            tokenUrl: 'https://partner.production.example/token',
          },
        },
      }),
    ],
  ),
};
