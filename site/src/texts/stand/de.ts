import type { standEn } from './en.ts';

export const standDe: typeof standEn = {
  label: 'Ihr Stand',
  kinds: {
    soon: { title: 'Sie stehen im Wählerverzeichnis', text: 'Wählen können Sie ab {opens}.' },
    waiting: {
      title: 'Sie stehen im Wählerverzeichnis',
      text: 'Die Wahl hat nicht begonnen, obwohl es Zeit wäre: Es fehlt noch etwas. Die Wahlleitung sieht, was.',
    },
    'may-vote': {
      title: 'Sie stehen im Wählerverzeichnis',
      text: 'Wählen und Ihren Stimmzettel ändern können Sie bis {closes}.',
    },
    'vote-again': {
      title: 'Bitte wählen Sie noch einmal',
      text: 'Ihr früherer Stimmzettel gilt nicht mehr: Die Wahlleitung hat die Wahl neu begonnen. Wählen können Sie bis {closes}.',
    },
    voted: {
      title: 'Sie haben gewählt',
      text: 'Ansehen und ändern können Sie Ihren Stimmzettel bis {closes}.',
    },
    'may-ask': {
      title: 'Sie stehen nicht im Wählerverzeichnis',
      text: 'Gehören Sie hinein, bitten Sie die Wahlleitung um eine Ausnahme, bis {due}. Haben Sie ein anderes Konto, melden Sie sich damit an.',
    },
    asked: {
      title: 'Sie haben eine Ausnahme beantragt',
      text: 'Die Wahlleitung hat noch nicht entschieden. Vorerst ist nichts zu tun.',
    },
    'more-asked': {
      title: 'Die Wahlleitung fragt nach',
      text: 'Sie entscheidet über Ihre Ausnahme, wenn sie Ihre Antwort hat. Antworten Sie vor {closes}.',
    },
    approved: {
      title: 'Angenommen, die Eintragung steht noch aus',
      text: 'Wählen können Sie, sobald die Wahlleitung Ihren Namen eingetragen hat. Kommen Sie vor {closes} wieder.',
    },
    declined: {
      title: 'Ihre Ausnahme wurde abgelehnt',
      text: 'Sie stehen nicht im Wählerverzeichnis. Was die Wahlleitung geschrieben hat, steht bei Ihrem Antrag.',
    },
    'too-late': {
      title: 'Sie stehen nicht im Wählerverzeichnis',
      text: 'Die Frist für Ausnahmen endete am {due}. Die Wahlleitung kann Sie noch eintragen: Schreiben Sie ihr.',
    },
    taken: {
      title: 'Ihr Name im Verzeichnis ist vergeben',
      text: 'Er gehört einem anderen Konto: Es hat unter Ihrem Namen gewählt, oder seine Nummer steht im Verzeichnis. Sagen Sie es der Wahlleitung.',
    },
    'over-voted': {
      title: 'Sie haben gewählt',
      text: 'Die Wahl ist zu Ende. Das Ergebnis wird hier veröffentlicht.',
    },
    'over-counted': {
      title: 'Sie haben gewählt',
      text: 'Ihr Stimmzettel wurde gezählt. Mit Ihrer Passphrase finden Sie ihn unter den gezählten.',
    },
    'over-destroyed': {
      title: 'Sie haben gewählt',
      text: 'Ihr Stimmzettel wurde gezählt. Was von Ihnen zu ihm führte, ist vernichtet; mit einer Passphrase lässt er sich nicht finden.',
    },
    'over-boxed': {
      title: 'Sie haben gewählt',
      text: 'Die Wahl ist zu Ende. Die Wahlleitung öffnet alle Stimmzettel gemeinsam; zu keinem führt ein Weg von Ihnen oder Ihrer Passphrase. Ihre Quittung sagt, ob Ihr Stimmzettel in der Urne liegt, die gezählt wird.',
    },
    'over-not-voted': {
      title: 'Die Wahl ist zu Ende',
      text: 'In dieser Wahl gibt es keinen Stimmzettel von Ihnen: Es wurde keiner abgegeben, oder er wurde zurückgezogen.',
    },
    'over-not-on-roll': {
      title: 'Die Wahl ist zu Ende',
      text: 'Sie standen nicht im Wählerverzeichnis.',
    },
    'over-elsewhere': {
      title: 'Die Wahl ist zu Ende',
      text: 'Diese Wahl wurde anderswo abgehalten: Hier ist nicht bekannt, wer gewählt hat.',
    },
  },
  next: {
    vote: 'Zum Stimmzettel',
    look: 'Ihr Stimmzettel',
    ask: 'Ausnahme beantragen',
    request: 'Ihren Antrag ansehen',
    reply: 'Lesen und antworten',
    officers: 'Wer die Wahl leitet',
    find: 'Meinen Stimmzettel finden',
    receipt: 'Quittung nachsehen',
    results: 'Zum Ergebnis',
  },
  links: {
    published:
      'Eine Passphrase findet ihren Stimmzettel bis zwei Wochen nach der Veröffentlichung des Ergebnisses; endet die Wahl wie angekündigt, mindestens bis {when}. Dann wird vernichtet, was von der Person zum Stimmzettel führt.',
    at: 'Eine Passphrase findet ihren Stimmzettel bis {when}. Dann wird vernichtet, was von der Person zum Stimmzettel führt.',
    close:
      'Eine Passphrase öffnet ihren Stimmzettel bis zum Ende der Wahl. Danach öffnet die Wahlleitung alle Stimmzettel gemeinsam, und von keiner Person führt ein Weg zu einem.',
    count:
      'Mit der Zählung wird alles vernichtet, was von einer Person zu einem Stimmzettel führt: Danach findet ihn keine Passphrase.',
  },
};
