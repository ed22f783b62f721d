import { expect } from 'chai';
import { run } from './run.js';

const VERSION =
  "ContentVersion v = new ContentVersion(PathOnClient = 'a/note.txt', VersionData = Blob.valueOf('hello')); insert v;";

// Object Reference: ContentVersion, ContentDocument, ContentDocumentLink.
describe('files', () => {
  it('get a document, and what their content and path say, with their first version', () => {
    const lines = run(`${VERSION}
      ContentVersion one = [SELECT Title, FileExtension, FileType, ContentSize, IsLatest, VersionNumber, ContentDocumentId FROM ContentVersion];
      System.debug(one.Title + ' ' + one.FileExtension + ' ' + one.FileType + ' ' + one.ContentSize + ' ' + one.IsLatest + ' ' + one.VersionNumber);
      ContentDocument document = [SELECT Title, LatestPublishedVersionId FROM ContentDocument WHERE Id = :one.ContentDocumentId];
      System.debug(document.Title + ' ' + (document.LatestPublishedVersionId == one.Id));
      System.debug([SELECT ShareType FROM ContentDocumentLink WHERE LinkedEntityId = :UserInfo.getUserId() AND ContentDocumentId = :document.Id].ShareType);`);
    expect(lines).to.deep.equal(['note txt TEXT 5 true 1', 'note true', 'I']);
  });

  it('keep their document when they get another version', () => {
    const lines = run(`${VERSION}
      Id documentId = [SELECT ContentDocumentId FROM ContentVersion].ContentDocumentId;
      insert new ContentVersion(ContentDocumentId = documentId, Title = 'next', PathOnClient = 'b.txt', VersionData = Blob.valueOf('x'));
      System.debug([SELECT COUNT() FROM ContentDocument] + ' ' + [SELECT Title FROM ContentDocument].Title);
      System.debug([SELECT Title FROM ContentVersion WHERE IsLatest = true].Title + ' ' + [SELECT VersionNumber FROM ContentVersion WHERE Title = 'next'].VersionNumber);`);
    expect(lines).to.deep.equal(['1 next', 'next 2']);
  });

  it('are linked to the record where they are first published, and go with their document', () => {
    const lines = run(`Account a = new Account(Name = 'a'); insert a;
      insert new ContentVersion(PathOnClient = 'a.txt', VersionData = Blob.valueOf('x'), FirstPublishLocationId = a.Id);
      System.debug([SELECT COUNT() FROM ContentDocumentLink WHERE LinkedEntityId = :a.Id]);
      delete [SELECT Id FROM ContentDocument];
      System.debug([SELECT COUNT() FROM ContentVersion]);`);
    expect(lines).to.deep.equal(['1', '0']);
  });

  it('show their document to the triggers after their insert', () => {
    const trigger =
      'trigger Seen on ContentVersion (after insert) { System.debug(Trigger.new[0].ContentDocumentId != null); }';
    expect(run(VERSION, trigger)).to.deep.equal(['true']);
  });

  it('need a content', () => {
    expect(
      run(
        "try { insert new ContentVersion(PathOnClient = 'a.txt', VersionData = Blob.valueOf('')); } catch (DmlException e) { System.debug(e.getDmlStatusCode(0)); }",
      ),
    ).to.deep.equal(['REQUIRED_FIELD_MISSING']);
  });
});
