export { authorizeAlias, deauthorizeAlias, type AuthorizableOrg, type AuthorizeOptions } from './authorize.js';
export { deployProject, type DeployProjectOptions, type ProjectDeployment } from './deploy-project.js';
export { runSf, type RunSfOptions, type SfRun } from './run-sf.js';
export { sfEnvironment, sfHome, type SfEnvironmentOptions } from './sf-environment.js';
export { parseSfJson, type SfJson } from './sf-json.js';
export { findOnPath, findSf, type SfProgram } from './sf-program.js';
