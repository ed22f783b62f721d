import { apexError, ApexList, Unsupported, type LibraryModule, type PropertyObject } from '../runtime/index.js';
import { platform } from '../types/types.js';
import { required } from './arguments.js';
import { beanModule } from './bean.js';

const METADATA = platform('Metadata.Metadata');

function componentsOf(container: PropertyObject): ApexList {
  const components = container.get('metadata');
  return components instanceof ApexList ? components : new ApexList(METADATA);
}

/** Takes the first component that fits out of a container; tells whether there was one. */
function remove(container: PropertyObject, fits: (component: unknown) => boolean): boolean {
  const { items } = componentsOf(container);
  const at = items.findIndex(fits);
  if (at >= 0) items.splice(at, 1);
  return at >= 0;
}

/** Metadata.DeployContainer and Metadata.Operations: what Apex would deploy. */
export const metadataDeploymentModules: readonly LibraryModule[] = [
  beanModule({
    owner: 'Metadata.DeployContainer',
    defaults: () => ({ metadata: new ApexList(METADATA) }),
    methods: () => ({
      getMetadata: componentsOf,
      addMetadata: (self: PropertyObject, component: PropertyObject | null) => {
        componentsOf(self).items.push(required(component));
      },
      removeMetadata: (self: PropertyObject, component: PropertyObject | null) =>
        remove(self, (each) => each === component),
      removeMetadataByFullName: (self: PropertyObject, fullName: string | null) =>
        remove(self, (each) => (each as PropertyObject).get('fullName') === fullName),
    }),
  }),
  {
    owner: 'Metadata.Operations',
    members: (runtime) => ({
      // Apex Reference Guide: Metadata.Operations, enqueueDeployment.
      enqueueDeployment: () => {
        if (runtime.tx.test === undefined) throw new Unsupported('Metadata.Operations.enqueueDeployment');
        throw apexError('AsyncException', 'Metadata cannot be deployed from within a test');
      },
    }),
  },
];
