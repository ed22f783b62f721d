import type { AlertChannel, GeneratedFile, ProjectModel } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';

/** The custom notification types that alerts of the project are sent with; without them a new org could not tell anybody. */
export function emitNotificationTypes({ integrations }: ProjectModel, place: FilePlace): GeneratedFile[] {
  const channels = integrations.flatMap(({ monitoring }) => [monitoring.deadLetterAlerts, monitoring.circuitAlerts]);
  return [...new Set(channels.flatMap(typeOf))].toSorted().map((name) =>
    metadataFile(place, `notificationtypes/${name}.notiftype-meta.xml`, 'CustomNotificationType', {
      customNotifTypeName: name,
      description: 'Tells people about dead deliveries and opened circuits.',
      desktop: true,
      masterLabel: name.replaceAll('_', ' '),
      mobile: true,
    }),
  );
}

function typeOf(channel: AlertChannel): readonly string[] {
  return channel.kind === 'notification' ? [channel.notificationType] : [];
}
