import type { TypeSupplement } from './declaration.js';

/**
 * Types and members that the extracted tables lack or get wrong, by full name. Sources: Apex Reference Guide of API 66, unless a line says
 * otherwise.
 */
export const SUPPLEMENT: Readonly<Record<string, TypeSupplement>> = {
  /** Methods that every object answers. */
  'System.Object': { members: ['Boolean equals(Object)', 'Integer hashCode()', 'String toString()'] },
  /** Methods of every enum; T0 is the enum. */
  'System.Enum': {
    typeParameters: 1,
    members: [
      'String name()',
      'Integer ordinal()',
      'Boolean equals(Object)',
      'Integer hashCode()',
      'String toString()',
      'static List<T0> values()',
      'static T0 valueOf(String)',
    ],
  },
  /** Static access to list and hierarchy custom settings; T0 is the setting. */
  'System.CustomSetting': {
    typeParameters: 1,
    members: [
      'static Map<String,T0> getAll()',
      'static T0 getInstance(Object)',
      'static T0 getInstance()',
      'static T0 getValues(Object)',
      'static T0 getOrgDefaults()',
    ],
  },
  /** Static access to custom metadata records; T0 is the type. */
  'System.CustomMetadata': {
    typeParameters: 1,
    members: ['static Map<String,T0> getAll()', 'static T0 getInstance(String)'],
  },
  /** Instance method of every user class; T0 is the class. */
  'System.Instance': { typeParameters: 1, members: ['T0 clone()'] },
  'System.DataWeaveScriptException': { extends: 'System.Exception' },
  'System.FormulaValidationException': { extends: 'System.Exception' },
  'System.FormulaEvaluationException': { extends: 'System.Exception' },
  'System.QueueableDuplicateSignature': {
    adds: true,
    members: ['static System.QueueableDuplicateSignature.Builder Builder()'],
  },
  'System.Limits': {
    adds: true,
    members: [
      'static Integer getApexCursors()',
      'static Integer getLimitApexCursors()',
      'static Integer getApexPaginationCursors()',
      'static Integer getLimitApexPaginationCursors()',
      'static Integer getApexPaginationCursorRows()',
      'static Integer getLimitApexPaginationCursorRows()',
    ],
  },
  'System.Database': {
    adds: true,
    members: [
      'static Database.PaginationCursor getPaginationCursor(String)',
      'static Database.PaginationCursor getPaginationCursor(String, System.AccessLevel)',
      'static Database.PaginationCursor getPaginationCursorWithBinds(String, Map<String,Object>, System.AccessLevel)',
    ],
  },
  'Database.PaginationCursor': {
    members: ['Database.CursorFetchResult fetchPage(Integer, Integer)', 'Integer getNumRecords()'],
  },
  'Database.CursorFetchResult': {
    members: [
      'List<SObject> getRecords()',
      'Integer getNextIndex()',
      'Integer getNumDeletedRecords()',
      'Boolean isDone()',
    ],
  },
  'ConnectApi.UserSettings': { members: ['ConnectApi.TimeZone timeZone'] },
  'Reports.ReportFactWithDetails': { extends: 'Reports.ReportFact' },
  'Reports.ReportFactWithSummaries': { extends: 'Reports.ReportFact' },
  'Database.DuplicateError': { extends: 'Database.Error' },
  'ApexPages.IdeaStandardController': { extends: 'ApexPages.StandardController' },
  'ApexPages.IdeaStandardSetController': { extends: 'ApexPages.StandardSetController' },
  'ApexPages.KnowledgeArticleVersionStandardController': { extends: 'ApexPages.StandardController' },
  'QuickAction.SendEmailQuickActionDefaults': { extends: 'QuickAction.QuickActionDefaults' },
  'ConnectApi.TimeZone': { members: ['Double gmtOffset', 'String name'] },
  'System.Quiddity': { constants: ['UNDEFINED'] },
  /** NebulaLogger compares levels by their ordinals: SlackLoggerPlugin_Tests, LoggerSettingsController_Tests. */
  'System.LoggingLevel': {
    constants: ['NONE', 'INTERNAL', 'FINEST', 'FINER', 'FINE', 'DEBUG', 'INFO', 'WARN', 'ERROR'],
  },
  /** As java.math.RoundingMode, which it stands for. */
  'System.RoundingMode': {
    constants: ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN', 'UNNECESSARY'],
  },
  'Cache.OrgPartition': { extends: 'Cache.Partition' },
  'Cache.SessionPartition': { extends: 'Cache.Partition' },
  'Cache.Session.SessionCacheException': { extends: 'System.Exception' },
};
