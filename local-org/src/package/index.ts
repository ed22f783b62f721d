export { readPackage, type PackageReading } from './read-package.js';
export { writePackage, type PackagedComponent } from './write-package.js';
export {
  readManifestElement,
  isKnownVersion,
  API_VERSION,
  WILDCARD,
  type Manifest,
  type ManifestMember,
} from './manifest.js';
export {
  blankPieces,
  isProperty,
  joinPieces,
  mergePieces,
  pieceKey,
  samePieces,
  splitComponent,
  type Piece,
} from './pieces.js';
export {
  childMetadataType,
  metadataType,
  metadataTypes,
  type ChildMetadataType,
  type MetadataType,
} from './metadata-types.js';
export { fileNameOf } from './layout.js';
export { PackageError, type PackageErrorCode } from './package-error.js';
export { PACKAGE_LIMITS, type PackageLimits } from './limits.js';
export {
  child,
  childText,
  escapeXml,
  normalizeXml,
  parseXml,
  XmlError,
  type XmlElement,
  type XmlLimits,
} from './xml.js';
