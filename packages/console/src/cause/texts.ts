import type { CauseName } from '@keyrack/sdk';
import type { Texts } from '../texts/texts.ts';

/**
 * Why something was refused or failed, and what to do, for people at this console: by the names that the server calls causes.
 * Its own sentences are for programs and the command line. What one is about (a card, a time) stands beside it on the page.
 */
export const english = {
  // Who asks.
  'account-suspended': 'This developer account is suspended. An owner resumes it under Developers.',
  'room-card-api-off':
    'The room-card API is switched off for this developer account. It is switched on under Developers.',
  'address-not-allowed':
    'This developer account may not ask from that address. Addresses are allowed under Developers.',
  'signature-a-off': 'This developer account may not sign by form A. Sign by form B, or allow form A under Developers.',
  'property-not-allowed': 'This developer account may not act for this property. It is allowed under Developers.',
  'creator-or-password': 'Nobody is known by that name here, or the password is wrong. Check both.',
  'too-many-failures': 'There were too many failed attempts. Wait a quarter of an hour.',
  'too-many-signatures': 'Too many wrong signatures came from that address. Correct accountSid and authToken.',
  'server-busy': 'Too many passwords wait to be checked. Try again in a few seconds.',
  'member-inactive': 'This member was deactivated. An administrator activates them under Members.',
  'permission-off': 'The issuing permission is off. An administrator turns it on under Members.',
  'key-ended': 'The API key that asked has ended, or may not do that any more. Make another one under Developers.',

  // What is asked for.
  'card-unknown': 'No card with this serial belongs to the property. Read the card to see its serial.',
  'card-never-issued': 'This card opens no room, so there is nothing to cancel.',
  'card-issued-anew': 'This card was issued anew meanwhile. Read it, and cancel it again if that is still meant.',
  'end-time-past': 'The end has passed. Choose a later one.',
  'end-before-begin': 'The card would end before it begins. Choose a later end or an earlier begin.',
  'lost-for-later': 'A card that replaces a lost one begins at once. Leave the begin out.',
  'no-guest-in': 'Nobody has this room then. Issue a card for a new guest.',
  'next-stay-too-close':
    'A card for the next stay is out already, and too many guests came before it. Cancel that card, and issue it anew afterwards.',
  'copies-interrupted':
    'The server was started anew between two cards. Look which were made, and issue the others for the same guest.',
  'too-many-upcoming': 'Too many cards of this room were issued for later. Wait until one begins, or cancel one.',
  'owner-required': 'This room wants the name of the guest.',
  'open-type-unfit': 'The lock of this room can’t stay open.',
  'encoder-required': 'Choose the encoder that makes the card.',
  'encoder-not-named': 'Choose the encoder that makes the card.',
  'card-blank-already': 'This card was cancelled before and is blank. Nothing is left to do.',
  'room-unknown': 'There is no such room any more. Choose another one.',
  'card-type-mismatch':
    'The kind of card does not fit the lock of this room. Look at its lock type under Rooms and locks.',
  'lock-changed': 'The room was given a lock of another type meanwhile. Issue the card again.',

  // Where it is carried out.
  'encoder-unknown': 'This encoder is not known any more. Choose another one.',
  'encoder-offline': 'The encoder is not connected. Plug it in, see that Keyrack runs on its computer, and try again.',
  'encoder-disputed':
    'Two front desks have an encoder with the same MAC. Unplug it at one of them: Front desks names both.',
  'encoder-busy': 'Too much waits at this encoder. Try again when it is done, or choose another one.',
  'not-signed-in': 'This member is signed in at no front desk. They sign in on the page of its computer.',
  'no-marked-encoder': 'That front desk has no encoder for members who are signed in. Mark one under Front desks.',
  'agent-suspended': 'The computer of this encoder is suspended. An administrator pairs it anew under Front desks.',
  'agent-revoked':
    'The computer of this encoder was revoked. Plug the encoder into another one, or pair a computer under Front desks.',
  restored:
    'The server was restored from a backup, and waits until this front desk has told what it did. Connect its computer.',

  // What happened at the encoder.
  'no-card': 'No card was put on the encoder in time. Try again with the card at hand.',
  'not-a-room-card': 'A phone, a bank card or another card lies there that is no room card. Put a room card there.',
  'chip-not-written': 'Cards of this kind are not written here. Use a MIFARE Classic 1K, an Ultralight EV1 or an NTAG.',
  'encoder-unfit': 'This encoder can’t work with this kind of card. Use another kind of card.',
  'card-not-answering': 'The card gives no clear answer. Lay it flat on the middle, with no other beside it.',
  'encoder-in-use': 'Another program on that computer holds the encoder. Close that program, and try again.',
  'encoder-hung': 'The encoder does not answer. Unplug it, plug it in again, and try again.',
  'other-card': 'Another card lies there. Put the card that is meant on the encoder.',
  'card-already-issued':
    'The card that lies there is this key already. Hand it out, or put another card there; to write it anew, cancel it first.',
  'card-not-lifted': 'The card that was just made still lies there. Take it away, and put the next one there.',
  'issued-card-changed': 'The card was made, and was cancelled or written again since. Read it to see what it is.',
  'issued-card-unsure':
    'The card was made, and it is not known whether it still is that key. Read it to see what it is.',
  'card-unreadable': 'The card opens with no key of this property. Use another card.',
  'card-occupied': 'The card that lies there still opens another room. Cancel it first, or use another card.',
  'card-garbled': 'The card that lies there is damaged. Cancel it, or use another card.',
  'card-checksum': 'What the card says is not genuine. Keep the card, and ask who brought it.',
  'card-copied': 'The card is a copy of another one. Keep it, and ask who brought it.',
  'foreign-card': 'The card belongs to another property and was left alone.',
  'card-changed': 'The card was taken away before it was written. Leave it there, and try again.',
  'not-carried-out': 'The encoder could not do it. The card is as it was; try again.',
  'write-failed': 'The card was not written and is as it was. Leave it there and try again, or use another card.',
  'card-damaged':
    'Writing was cut off, and the card is damaged: it opens no door. Cancel it once more, which makes it blank.',
  'outcome-open': 'It is not known yet how it ends. Look at it here before anything else is done.',
  'card-in-doubt': 'The write to this card was cut off. Put it on an encoder and read it.',
  'outcome-unknown': 'The card left in the middle of the write. Read it to learn what it holds.',
  'agent-restarted': 'The computer was restarted in the middle of the write. Read the card to learn what it holds.',
  'journal-lost': 'The computer lost what it had written down. Read the card to learn what it holds.',
  declined: 'It was declined at the front desk. Try again if it is still wanted.',
  withdrawn: 'It was withdrawn before a card was written.',
  'written-off': 'What became of this card can’t be told any more. Read it before it is used.',

  // Not now, at an encoder.
  'not-next': 'Something else comes first at this encoder.',
  'opened-too-early': 'An earlier operation on this card has just ended. The card is read once more.',
  'nonce-used': 'The card is opened once more.',
  'operation-over': 'This operation has ended.',
} as const satisfies Readonly<Record<CauseName, string>>;

export const chinese: Texts<typeof english> = {
  'account-suspended': '此开发者账户已停用。请所有者在“开发者”中恢复。',
  'room-card-api-off': '此开发者账户的房卡接口已关闭。请在“开发者”中开启。',
  'address-not-allowed': '此开发者账户不允许从该地址发出请求。请在“开发者”中放行地址。',
  'signature-a-off': '此开发者账户不允许使用签名方式 A。请使用签名方式 B，或在“开发者”中放行。',
  'property-not-allowed': '此开发者账户无权操作该酒店。请在“开发者”中允许。',
  'creator-or-password': '账号不存在或密码错误。请核对后重试。',
  'too-many-failures': '失败次数过多。请等待 15 分钟。',
  'too-many-signatures': '来自该地址的错误签名过多。请核对 accountSid 和 authToken。',
  'server-busy': '等待验证的密码过多。请几秒后重试。',
  'member-inactive': '该成员已停用。请管理员在“成员”中重新启用。',
  'permission-off': '发卡权限未开启。请管理员在“成员”中开启。',
  'key-ended': '提出请求的 API 密钥已失效或不再有权操作。请在“开发者”中生成新的密钥。',

  'card-unknown': '该酒店没有此序列号的卡片。请读卡查看序列号。',
  'card-never-issued': '此卡不能打开任何房间，无需注销。',
  'card-issued-anew': '此卡在此期间已重新发出。请先读卡，如仍需注销请再次注销。',
  'end-time-past': '结束时间已过。请选择更晚的时间。',
  'end-before-begin': '房卡的结束时间早于开始时间。请选择更晚的结束时间或更早的开始时间。',
  'lost-for-later': '挂失补卡立即生效。请勿填写开始时间。',
  'no-guest-in': '届时此房间没有住客。请为新住客发卡。',
  'next-stay-too-close': '下一位住客的房卡已发出，且此前住客过多。请先注销该卡，稍后重新发卡。',
  'copies-interrupted': '服务器在两张房卡之间重新启动。请查看已制作哪些房卡，其余的按同一住客补发。',
  'too-many-upcoming': '此房间预先发出的房卡过多。请等其中一张生效，或注销一张。',
  'owner-required': '此房间需要填写住客姓名。',
  'open-type-unfit': '此房间的门锁不支持常开。',
  'encoder-required': '请选择制卡的发卡器。',
  'encoder-not-named': '请选择制卡的发卡器。',
  'card-blank-already': '此卡已注销，为空白卡，无需再操作。',
  'room-unknown': '此房间已不存在。请选择其他房间。',
  'card-type-mismatch': '卡类型与房间的门锁类型不符。请在“房间与门锁”中查看门锁类型。',
  'lock-changed': '房间的门锁已更换为其他类型。请重新发卡。',

  'encoder-unknown': '此发卡器已不存在。请选择其他发卡器。',
  'encoder-offline': '发卡器未连接。请插好发卡器，确认其所在电脑的 Keyrack 正在运行，然后重试。',
  'encoder-disputed': '两个前台的发卡器使用相同的 MAC。请拔下其中一台：“前台”中列出两处。',
  'encoder-busy': '此发卡器等待处理的操作过多。请稍后重试，或选择其他发卡器。',
  'not-signed-in': '该成员未在任何前台登录。请在前台电脑的页面上登录。',
  'no-marked-encoder': '该前台没有供登录成员使用的发卡器。请在“前台”中指定一台。',
  'agent-suspended': '此发卡器所在的电脑已被暂停。请管理员在“前台”中重新配对。',
  'agent-revoked': '此发卡器所在的电脑已被吊销。请将发卡器接到其他电脑，或在“前台”中配对电脑。',
  restored: '服务器已从备份恢复，正在等待该前台上报。请连接其电脑。',

  'no-card': '规定时间内没有放上卡片。请准备好卡片后重试。',
  'not-a-room-card': '放上的是手机、银行卡或其他非房卡。请放上房卡。',
  'chip-not-written': '不支持写入这种卡片。请使用 MIFARE Classic 1K、Ultralight EV1 或 NTAG 卡。',
  'encoder-unfit': '此发卡器无法处理这种卡片。请换一种卡片。',
  'card-not-answering': '卡片没有明确响应。请只放一张卡片，平放在中央。',
  'encoder-in-use': '该电脑上的其他程序正在占用发卡器。请关闭该程序后重试。',
  'encoder-hung': '发卡器无响应。请拔下后重新插入，然后重试。',
  'other-card': '放上的是另一张卡。请放上所要求的卡片。',
  'card-already-issued': '放上的卡片已经是这把房卡。请交给客人，或换一张卡；如需重写，请先注销。',
  'card-not-lifted': '刚制作的卡片仍在发卡器上。请拿开，然后放上下一张卡。',
  'issued-card-changed': '此卡已发出，之后被注销或重写。请读卡确认。',
  'issued-card-unsure': '此卡已发出，但目前是否仍为该房卡无法确定。请读卡确认。',
  'card-unreadable': '卡片无法用本酒店的密钥打开。请换一张卡。',
  'card-occupied': '放上的卡片仍可打开其他房间。请先注销，或换一张卡。',
  'card-garbled': '放上的卡片已损坏。请注销此卡，或换一张卡。',
  'card-checksum': '卡片内容不真实。请留下此卡并询问来源。',
  'card-copied': '此卡是复制卡。请留下此卡并询问来源。',
  'foreign-card': '卡片属于其他酒店，未作更改。',
  'card-changed': '写卡前卡片已被移开。请放好，完成前不要移动，然后重试。',
  'not-carried-out': '发卡器未能完成操作，卡片内容未变。请重试。',
  'write-failed': '未能写入卡片，内容未变。请放好卡片后重试，或换一张卡。',
  'card-damaged': '写卡中断，卡片已损坏，打不开任何门。请再次注销，使其成为空白卡。',
  'outcome-open': '目前还不知道结果。请先在此查看结果，再做其他操作。',
  'card-in-doubt': '对此卡的写入被中断。请将此卡放到发卡器上读卡。',
  'outcome-unknown': '写卡过程中卡片被移开。请读卡以确认其内容。',
  'agent-restarted': '写卡过程中电脑重新启动。请读卡以确认其内容。',
  'journal-lost': '电脑丢失了写卡日志。请读卡以确认其内容。',
  declined: '已在前台拒绝。如仍需要请重试。',
  withdrawn: '写卡前已撤回。',
  'written-off': '此卡的结果已无法查明。使用前请先读卡。',

  'not-next': '此发卡器上有其他操作优先。',
  'opened-too-early': '此卡上的前一操作刚刚结束，正在重新读取。',
  'nonce-used': '正在重新打开此卡。',
  'operation-over': '此操作已结束。',
};
