/** One component of a deployment package, as it stood in the zip (metadata format, after the CLI's conversion). */
export interface Component {
  /** Metadata type: `Flow`, `ApexClass`, `CustomObject`. Child components (fields, list views ...) are inside their parent's file. */
  readonly type: string;
  /** Full name: `Account_Sync`, `CalloutPolicy.AccountSync`. */
  readonly fullName: string;
  /** Path in the zip below the package root: `flows/Account_Sync.flow`. */
  readonly fileName: string;
  /** Content file: XML, or Apex source. */
  readonly content: string;
  /** The `-meta.xml` beside an Apex source; undefined for types whose content is the XML. */
  readonly metaXml: string | undefined;
}

/** A deletion from destructiveChanges(Pre|Post).xml. */
export interface Deletion {
  readonly type: string;
  readonly fullName: string;
  readonly when: 'pre' | 'post';
}

/** A parsed deployment package. */
export interface DeployPackage {
  readonly apiVersion: string;
  readonly components: readonly Component[];
  readonly deletions: readonly Deletion[];
}
