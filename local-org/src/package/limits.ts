/** Sizes are in bytes. Metadata API limits: 39 MB compressed, 400 MB uncompressed, 10,000 files (Metadata API Developer Guide, "Metadata Limits"). */
export interface PackageLimits {
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
  readonly files: number;
}

export const PACKAGE_LIMITS: PackageLimits = {
  compressedBytes: 39_000_000,
  uncompressedBytes: 400_000_000,
  files: 10_000,
};
