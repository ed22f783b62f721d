import type {
  AuthProvider,
  CompactLayout,
  CustomField,
  CustomMetadata,
  CustomNotificationType,
  CustomObject,
  CustomPermission,
  CustomTab,
  ExternalAuthIdentityProvider,
  ExternalCredential,
  Flow,
  Layout,
  ListView,
  NamedCredential,
  Package,
  PermissionSet,
  PlatformEventSubscriberConfig,
  SchemaSettings,
  ValidationRule,
} from '@salesforce/types/metadata';
import { UserError } from '../errors/index.js';
import type { GeneratedFile } from '../model/index.js';
import { IllegalXmlCharacterError, printMetadata, type Source, type XmlElement } from './xml/index.js';

/** The metadata types that are emitted, by the name of their root element. To emit another one, add it here. */
export interface MetadataTypes {
  AuthProvider: AuthProvider;
  CompactLayout: CompactLayout;
  CustomField: CustomField;
  CustomMetadata: CustomMetadata;
  CustomNotificationType: CustomNotificationType;
  CustomObject: CustomObject;
  CustomPermission: CustomPermission;
  CustomTab: CustomTab;
  ExternalAuthIdentityProvider: ExternalAuthIdentityProvider;
  ExternalCredential: ExternalCredential;
  Flow: Flow;
  Layout: Layout;
  ListView: ListView;
  NamedCredential: NamedCredential;
  Package: Package;
  PermissionSet: PermissionSet;
  PlatformEventSubscriberConfig: PlatformEventSubscriberConfig;
  SchemaSettings: SchemaSettings;
  ValidationRule: ValidationRule;
}

/** Where a file belongs and what it was generated from. */
export interface FilePlace {
  /** Folder below the project root, without a trailing slash: `force-app/main/integrations/account-sync`. */
  readonly folder: string;
  /** Config file or `the callout runtime`, for the generated header. */
  readonly origin: string;
}

/**
 * One metadata component as a generated file; `path` is relative to the place's folder.
 *
 * @throws UserError `IllegalCharacterError` for text that XML cannot hold, such as a control character in a description
 */
export function metadataFile<Type extends keyof MetadataTypes>(
  place: FilePlace,
  path: string,
  type: Type,
  component: Source<MetadataTypes[Type]> & XmlElement,
): GeneratedFile {
  return {
    path: `${place.folder}/${path}`,
    content: print(place, path, type, component),
    header: 'xml',
    origin: place.origin,
  };
}

function print(place: FilePlace, path: string, type: string, component: XmlElement): string {
  try {
    return printMetadata(type, component);
  } catch (error) {
    if (!(error instanceof IllegalXmlCharacterError)) throw error;
    throw new UserError('IllegalCharacterError', `${place.origin}: ${error.message} It was meant for ${path}.`, {
      actions: ['Remove the character from the text.'],
      cause: error,
    });
  }
}
