import type { LiveOrg, Section } from '../../platform/live/index.js';
import { IngestJob, ingestJobInfo, type IngestJobInfo } from './ingest-job.js';

/** Jobs that are remembered; older ones are forgotten, as the platform does after seven days. */
const REMEMBERED = 100;

/** The ingest jobs of an org, also those of earlier starts. Interrupted ones go on at once. */
export class IngestJobs {
  private readonly jobs = new Map<string, IngestJob>();
  private readonly section: Section;

  constructor(private readonly live: LiveOrg) {
    this.section = live.section('bulk');
    const { entries } = this.section;
    for (const [key, value] of Object.entries(entries)) {
      if (!key.startsWith('job/')) continue;
      const info = ingestJobInfo.parse(value);
      this.jobs.set(info.id, new IngestJob(live, this.section, info, entries));
    }
    for (const job of this.jobs.values()) job.resume();
  }

  /** Newest first. */
  all(): readonly IngestJob[] {
    return [...this.jobs.values()].reverse();
  }

  find(id: string): IngestJob | undefined {
    return this.jobs.get(id) ?? this.all().find(({ info }) => id.length === 15 && info.id.startsWith(id));
  }

  create(info: IngestJobInfo): IngestJob {
    const job = new IngestJob(this.live, this.section, info);
    this.jobs.set(info.id, job);
    for (const oldest of this.jobs.values()) {
      if (this.jobs.size <= REMEMBERED) break;
      if (oldest.isOver) this.remove(oldest);
    }
    this.live.flush();
    return job;
  }

  remove(job: IngestJob): void {
    job.remove();
    this.jobs.delete(job.info.id);
  }
}
