/**
 * Contactless readers as their makers describe them, for the virtual reader of the tests. What stands here comes from the
 * source beside it; what has none is `assumed`, and docs/encoders.md lists it. Nothing was tried on a real reader.
 */
export interface ReaderModel {
  readonly model: string;
  /** As pcsc-lite would call it. */
  readonly readerName: string;
  /** Where a key goes that is loaded with that structure (P1) and number (P2); null where it is refused. */
  keyPlace(structure: number, number: number): KeyPlace | null;
  /** The place that authenticating with that number and type uses; null for none. */
  usedPlace(number: number, type: number): KeyPlace | null;
  /** How it hands commands on to a card: in a transparent session (PC/SC part 3), through a PN532, or not at all. */
  readonly pageCommands: 'session' | 'pn532' | 'none';
  readonly status: {
    /** To a key that it doesn't take. */
    readonly keyRefused: number;
    /** To a number without a key, when it is to authenticate. */
    readonly noKey: number;
    /** When the card said no, to a key and to anything else. */
    readonly refused: number;
    /** To a command that it doesn't know. */
    readonly unknown: number;
  };
  readonly timing: ReaderTiming;
  readonly facts: readonly Fact[];
}

export interface KeyPlace {
  readonly name: string;
  /** Kept without power, in a memory that wears. */
  readonly lasting: boolean;
}

export interface Fact {
  readonly what: string;
  /** Maker, document, and where in it; or that it was assumed. */
  readonly source: string;
}

/** How long each takes, in milliseconds, from the call of PC/SC to its answer. */
export interface ReaderTiming {
  readonly connect: number;
  readonly reset: number;
  readonly loadKey: number;
  readonly loadLastingKey: number;
  readonly authenticate: number;
  readonly read: number;
  readonly write: number;
  /** Whatever else is asked of the reader or the card. */
  readonly other: number;
}

export const ASSUMED = 'assumed';

const volatileAt = (number: number): KeyPlace => ({ name: `volatile ${number.toString(16)}`, lasting: false });
const lastingAt = (number: number): KeyPlace => ({ name: `lasting ${number.toString(16)}`, lasting: true });

const USB_TIMING: ReaderTiming = {
  connect: 30,
  reset: 60,
  loadKey: 3,
  loadLastingKey: 12,
  authenticate: 12,
  read: 8,
  write: 14,
  other: 5,
};
const TIMING_ASSUMED: Fact = { what: 'every time that something takes', source: ASSUMED };
const HALTS: Fact = {
  what: 'a chip that refused something is silent until it is activated anew',
  source: 'NXP, NTAG213_215_216 data sheet, 8.4 (back to IDLE or HALT); for MIFARE Classic it is assumed',
};
const TWO_CARDS: Fact = {
  what: 'of two cards in the field, each activation may choose the other one',
  source: ASSUMED,
};
const ACS_FAILED = { keyRefused: 0x6300, noKey: 0x6300, refused: 0x6300, unknown: 0x6300 } as const;

/** A reader that does what PC/SC part 3 says, to the letter, and tells each refusal by its own status. */
export const BY_THE_BOOK: ReaderModel = {
  model: 'PC/SC part 3, by the book',
  readerName: 'By The Book Contactless 00 00',
  keyPlace: (structure, number) => {
    if (number !== 0x00) return null;
    return structure === 0x00 ? volatileAt(number) : null;
  },
  usedPlace: (number) => (number === 0x00 ? volatileAt(number) : null),
  pageCommands: 'session',
  status: { keyRefused: 0x6988, noKey: 0x6984, refused: 0x6982, unknown: 0x6d00 },
  timing: USB_TIMING,
  facts: [
    {
      what: 'the commands, their statuses, and the transparent session',
      source: 'PC/SC workgroup, Interoperability Specification part 3 (rev. 2.02), 3.2.2',
    },
    { what: 'one place for keys, volatile, of number 00', source: ASSUMED },
    HALTS,
    TWO_CARDS,
    TIMING_ASSUMED,
  ],
};

export const ACR122U: ReaderModel = {
  model: 'ACS ACR122U',
  readerName: 'ACS ACR122U PICC Interface 00 00',
  keyPlace: (structure, number) => (structure === 0x00 && number <= 0x01 ? volatileAt(number) : null),
  usedPlace: (number) => (number <= 0x01 ? volatileAt(number) : null),
  pageCommands: 'pn532',
  status: ACS_FAILED,
  timing: { ...USB_TIMING, reset: 150 },
  facts: [
    {
      what: 'key structure 00 alone, volatile, of the numbers 00 and 01; anything else is reserved',
      source:
        'ACS, ACR122U API V2.04, 5.1, p. 12, of which only the contents were seen; in the words of ACS, AET62 Reference Manual V1.00, 6.1, p. 11',
    },
    {
      what: '6300 to whatever fails: a key, an authentication, a reading, a writing',
      source: 'ACS, AET62 Reference Manual V1.00, table 10, p. 11; a trace at libnfc.org/community/topic/483',
    },
    {
      what: 'commands of the PN532 in the envelope FF 00 00 00',
      source: 'ACS, ACR122U API V1.0 (January 2008), p. 12',
    },
    { what: 'a frame of four bits is an error to its PN532', source: ASSUMED },
    { what: 'no transparent session: 6300 to FF C2', source: ASSUMED },
    HALTS,
    TWO_CARDS,
    TIMING_ASSUMED,
  ],
};

export const ACR1252U: ReaderModel = {
  model: 'ACS ACR1252U',
  readerName: 'ACS ACR1252 1S CL Reader [ACR1252 Reader PICC] (0123456789) 00 00',
  keyPlace: (structure, number) => (structure === 0x00 && number <= 0x01 ? volatileAt(number) : null),
  usedPlace: (number) => (number <= 0x01 ? volatileAt(number) : null),
  pageCommands: 'session',
  status: ACS_FAILED,
  timing: USB_TIMING,
  facts: [
    {
      what: 'key structure 00 alone, volatile, of the numbers 00 and 01; 6300 to whatever fails',
      source: 'ACS, ACM1252U-Y3 Reference Manual V1.03, 5.2.4.1, p. 34, the module of the same family',
    },
    {
      what: 'a transparent session, with a timer object (5F46) and the card’s answer in object 97',
      source: 'ACS, ACM1252U-Y3 Reference Manual V1.03, 5.2.3.2 and 5.2.3.3, p. 26 to 28',
    },
    { what: 'within a session, the four bits of a card’s acknowledgement come as one byte', source: ASSUMED },
    HALTS,
    TWO_CARDS,
    TIMING_ASSUMED,
  ],
};

export const ACR1281U: ReaderModel = {
  model: 'ACS ACR1281U-C1',
  readerName: 'ACS ACR1281 1S Dual Reader 00 01',
  keyPlace: (_structure, number) => {
    if (number === 0x20) return volatileAt(number);
    return number < 0x20 ? lastingAt(number) : null;
  },
  usedPlace: (number) => {
    if (number === 0x20) return volatileAt(number);
    return number < 0x20 ? lastingAt(number) : null;
  },
  pageCommands: 'none',
  status: ACS_FAILED,
  timing: USB_TIMING,
  facts: [
    {
      what: 'numbers 00 to 1F are EEPROM, which is slower and not for keys that change; 20 is the only volatile place',
      source:
        'ACS, ACR1283L Reference Manual V1.00, 5.2, p. 20 and 21; ACM1281U-C7 Reference Manual V1.02, 5.1.3.1, p. 14; ACR1281S manual, p. 37; ACR128 API V1.7, 7.1, p. 26',
    },
    { what: '6300 to a key that it doesn’t take', source: 'ACS, ACM1281U-C7 Reference Manual V1.02, 5.1.3.1, p. 14' },
    { what: 'structure 00 with a number below 20 is taken, and goes to the EEPROM', source: ASSUMED },
    { what: 'it hands no commands on to a card', source: ASSUMED },
    HALTS,
    TWO_CARDS,
    TIMING_ASSUMED,
  ],
};

export const OMNIKEY_5022: ReaderModel = {
  model: 'HID OMNIKEY 5022',
  readerName: 'HID Global OMNIKEY 5022 Smart Card Reader 00 00',
  keyPlace: (structure, number) => (structure === 0x20 && number < 0x20 ? lastingAt(number) : null),
  usedPlace: (number) => (number < 0x20 ? lastingAt(number) : null),
  pageCommands: 'none',
  status: { keyRefused: 0x6986, noKey: 0x6988, refused: 0x6982, unknown: 0x6d00 },
  timing: USB_TIMING,
  facts: [
    {
      what: 'keys of MIFARE are loaded for good (structure 20), and authenticating names the same number',
      source: 'HID, HID-OMNIKEY-Sample-Codes, AViatoR/ExampleWithMifareClassic.cs (LoadKeyExample)',
    },
    {
      what: '6986 to structure 00',
      source: 'a trace of an OMNIKEY 5321 at stackoverflow.com/questions/18830280; for the 5022 it is assumed',
    },
    { what: '32 places; 6988 for one without a key, and 6982 when the card refuses', source: ASSUMED },
    { what: 'no transparent session', source: ASSUMED },
    HALTS,
    TWO_CARDS,
    TIMING_ASSUMED,
  ],
};

export const UTRUST_3700F: ReaderModel = {
  model: 'Identiv uTrust 3700 F',
  readerName: 'Identiv uTrust 3700 F CL Reader [uTrust 3700 F CL Reader] (55041234201234) 00 00',
  keyPlace: (structure, number) =>
    structure === 0x00 && (number === 0x60 || number === 0x61) ? volatileAt(number) : null,
  usedPlace: (number, type) => (number === 0x01 ? volatileAt(type) : null),
  pageCommands: 'none',
  status: { keyRefused: 0x6988, noKey: 0x6988, refused: 0x6982, unknown: 0x6d00 },
  timing: USB_TIMING,
  facts: [
    {
      what: 'a key is loaded with its type (60 or 61) as its number into volatile memory, and used as number 01',
      source: 'Identiv, uTrust 3720F and 3721F Reference Manual V1.00, 6.2.3 and 6.2.4, p. 35 and 36, the same family',
    },
    {
      what: '6988 to another number',
      source:
        'SCM, SCL3711 Reference Manual, 6.2.3.4, p. 34; a trace of an SCL011 at github.com/danm-de/pcsc-sharp/issues/17',
    },
    { what: '6982 when the card refuses', source: ASSUMED },
    { what: 'no transparent session', source: ASSUMED },
    HALTS,
    TWO_CARDS,
    TIMING_ASSUMED,
  ],
};

export const READER_MODELS: readonly ReaderModel[] = [
  BY_THE_BOOK,
  ACR122U,
  ACR1252U,
  ACR1281U,
  OMNIKEY_5022,
  UTRUST_3700F,
];
