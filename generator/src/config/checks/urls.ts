import { finding } from '../../diagnostics/index.js';
import type { Finding } from '../../diagnostics/index.js';
import { templateRules, textTemplateFormat, urlFormat, urlRules } from '../formats/index.js';
import type { Check } from './check.js';

/** Reports URLs that are right in form but only good for tests. */
export const urlCheck: Check = {
  rules: { loopbackHttp: urlRules.loopbackHttp },
  needs: ['endpoint', 'auth'],
  *run({ config: { endpoint, auth } }) {
    yield* urlWarnings(['endpoint', 'url'], endpoint.url);
    for (const key of ['tokenUrl', 'authorizeUrl', 'userInfoUrl'] as const) {
      const url: unknown = Reflect.get(auth, key);
      if (typeof url === 'string') yield* urlWarnings(['auth', key], url);
    }
  },
};

/** Reports merge fields in the spelling of other tools. */
export const foreignMergeFieldCheck: Check = {
  rules: { foreignMergeField: templateRules.foreignMergeField },
  needs: ['requests'],
  *run({ requests }) {
    for (const { path, text } of requests.flatMap((request) => request.templates)) {
      for (const problem of textTemplateFormat.check(text)) {
        if (problem.rule.severity === 'warning') yield { path, problem };
      }
    }
  },
};

/** The warnings that a URL deserves, with another fix where the usual one does not help; its errors have stopped the parse before. */
export function urlWarnings(path: readonly (string | number)[], url: string, fix?: string): readonly Finding[] {
  return urlFormat
    .check(url)
    .filter(({ rule }) => rule.severity === 'warning')
    .map(({ rule, message, details }) =>
      finding(path, rule, message, fix === undefined ? details : { ...details, fix }),
    );
}
