import type { Environment, GeneratedFile, Integration, ProjectModel } from '../model/index.js';
import type { Replacement } from '../output/index.js';
import { forMethod, type MethodTable } from './auth-method.js';
import { defaultEnvironment, inEnvironment } from './environment.js';
import { integrationPlace, RUNTIME } from './places.js';
import { refuse } from './refuse.js';
import { SUBSCRIBER_CONFIG_PATH } from './subscriber-config.js';
import { escapeXml } from './xml/index.js';

/** Set to an environment's name while deploying, it makes the SF CLI use that environment's values. */
export const ENVIRONMENT_VARIABLE = 'CALLOUT_ENVIRONMENT';

export interface Replacements {
  /** What the entries insert, below `replacements/<environment>/`. */
  readonly files: readonly GeneratedFile[];
  readonly entries: readonly Replacement[];
}

/** A value that differs between environments, and the element of the file that it stands in. */
interface Slot {
  /** Last part of the replacement file's name. */
  readonly name: 'endpoint' | 'tokenUrl' | 'authorizeUrl' | 'clientId';
  readonly filename: string;
  readonly element: string;
  readonly value: string;
}

/**
 * The values of all environments but the default one, whose values the generated files hold. An entry replaces a whole
 * element, `<parameterValue>…</parameterValue>`: the bare value could stand in another one too, or begin another value.
 * Elements of the same name with the same value follow it, such as a JWT audience that is the token URL.
 * The CLI inserts the text of a file as it is into XML, and reads `$&`, `$1` and `$$` in it: it is escaped for both, and has no
 * line end.
 */
export function emitReplacements(project: ProjectModel): Replacements {
  const preset = defaultEnvironment(project);
  const others = project.environments
    .filter((environment) => environment !== preset)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const pairs = others.flatMap((environment) => [
    ...userReplacement(environment, preset),
    ...project.integrations.flatMap((integration) => integrationReplacements(integration, environment, preset)),
  ]);
  return { files: pairs.map(({ file }) => file), entries: pairs.map(({ entry }) => entry) };
}

interface Pair {
  readonly file: GeneratedFile;
  readonly entry: Replacement;
}

function userReplacement(environment: Environment, preset: Environment | undefined): readonly Pair[] {
  if (preset === undefined || preset.integrationUser === environment.integrationUser) return [];
  return [
    pair(environment, 'integrationUser', {
      filename: `${RUNTIME.folder}/${SUBSCRIBER_CONFIG_PATH}`,
      element: 'user',
      from: preset.integrationUser,
      to: environment.integrationUser,
    }),
  ];
}

function integrationReplacements(
  integration: Integration,
  environment: Environment,
  preset: Environment | undefined,
): readonly Pair[] {
  const before = slots(inEnvironment(integration, preset));
  const after = slots(inEnvironment(integration, environment));
  const changes = before.flatMap((slot, index) => {
    const to = after[index]?.value ?? slot.value;
    return to === slot.value ? [] : [{ slot, to }];
  });
  for (const { slot, to } of changes) {
    const clash = before.find(
      (other) =>
        other !== slot &&
        other.filename === slot.filename &&
        other.element === slot.element &&
        [slot.value, to].includes(other.value),
    );
    if (clash !== undefined) {
      refuse(
        integration,
        `the ${slot.name} of ${environment.name} cannot be told from the ${clash.name}: both stand in the same kind of element with the value ${clash.value}.`,
        'Give the two settings different values in the default environment.',
      );
    }
  }
  return changes.map(({ slot, to }) =>
    pair(environment, `${integration.name}.${slot.name}`, { ...slot, from: slot.value, to }),
  );
}

function pair(
  environment: Environment,
  name: string,
  change: { readonly filename: string; readonly element: string; readonly from: string; readonly to: string },
): Pair {
  const path = `replacements/${environment.name}/${name}.txt`;
  return {
    file: {
      path,
      content: inElement(change.element, change.to).replaceAll('$', '$$$$'),
      header: 'none',
      origin: environment.source,
    },
    entry: {
      filename: change.filename,
      stringToReplace: inElement(change.element, change.from),
      replaceWithFile: path,
      replaceWhenEnv: [{ env: ENVIRONMENT_VARIABLE, value: environment.name }],
    },
  };
}

function inElement(element: string, value: string): string {
  return `<${element}>${escapeXml(value)}</${element}>`;
}

/** Where the values of an integration stand that environments may replace; the same list in the same order for every environment. */
function slots(integration: Integration): readonly Slot[] {
  const isLegacy = integration.auth.credentialStyle === 'legacy';
  return [
    {
      name: 'endpoint',
      filename: fileOf(integration, 'namedCredentials', 'namedCredential'),
      element: isLegacy ? 'endpoint' : 'parameterValue',
      value: integration.endpoint.url,
    },
    ...forMethod(METHOD_SLOTS, integration),
  ];
}

const METHOD_SLOTS: MethodTable<readonly Slot[]> = {
  clientCredentials: (method, integration) => [tokenSlot(integration, method.tokenUrl)],
  jwtBearer: (method, integration) => [tokenSlot(integration, method.tokenUrl)],
  browser: (method, integration) => {
    const place =
      method.provider === 'authProvider'
        ? { filename: fileOf(integration, 'authproviders', 'authprovider') }
        : { filename: fileOf(integration, 'externalAuthIdentityProviders', 'externalAuthIdentityProvider') };
    const element = (own: string): string => (method.provider === 'authProvider' ? own : 'parameterValue');
    return [
      { ...place, name: 'authorizeUrl', element: element('authorizeUrl'), value: method.authorizeUrl },
      { ...place, name: 'tokenUrl', element: element('tokenUrl'), value: method.tokenUrl },
      ...(method.clientId === undefined
        ? []
        : [{ ...place, name: 'clientId' as const, element: 'consumerKey', value: method.clientId }]),
    ];
  },
  customHeader: () => [],
  basic: () => [],
};

function tokenSlot(integration: Integration, value: string): Slot {
  return integration.auth.credentialStyle === 'legacy'
    ? {
        name: 'tokenUrl',
        filename: fileOf(integration, 'namedCredentials', 'namedCredential'),
        element: 'authTokenEndpointUrl',
        value,
      }
    : {
        name: 'tokenUrl',
        filename: fileOf(integration, 'externalCredentials', 'externalCredential'),
        element: 'parameterValue',
        value,
      };
}

function fileOf(integration: Integration, folder: string, suffix: string): string {
  return `${integrationPlace(integration).folder}/${folder}/${integration.apiName}.${suffix}-meta.xml`;
}
