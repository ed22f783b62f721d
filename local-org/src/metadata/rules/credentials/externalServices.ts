import { readExternalService } from '../../external-service/index.js';
import { child } from '../../xml/document.js';
import type { Rule } from '../rule.js';

/** Rules of external service registrations. */
export const externalServiceRules: readonly Rule[] = [
  {
    // PLATFORM 2.5: the operations of an external service are those of its OpenAPI schema.
    id: 'external-service-schema-readable',
    types: ['ExternalServiceRegistration'],
    *check({ component, root }) {
      const reading = readExternalService(component.fullName, root);
      if (reading.kind === 'service') return;
      yield {
        at: child(root, 'schema') ?? root,
        message: `The schema isn't a valid OpenAPI schema: ${reading.problem}`,
      };
    },
  },
];
