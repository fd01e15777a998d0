const UNKNOWN =
  '服务器不认识此代理程序（例如服务器已重新安装）。请在控制台的“前台”中，或在服务器上用 keyrack agents pair 取得配对码，并用 --pair CODE --data FOLDER 指定另一个文件夹，将此电脑作为新的代理程序配对。';

/**
 * The sentences that come with a cause, in Chinese, by its code: those of the server (`CAUSES`, `ENDINGS` and
 * `SIGN_IN_ENDS` there; a test compares them) and of this agent. What a sentence fills in stands elsewhere on the page.
 */
export const CHINESE_CAUSES: Readonly<Record<string, string>> = {
  // Who asks.
  'account-suspended': '此开发者账户已停用，请服务器运维人员在控制台的“开发者”中，或用 keyrack accounts resume 启用。',
  'room-card-api-off':
    '此开发者账户的房卡接口已关闭，请服务器运维人员在控制台的“开发者”中，或用 keyrack accounts change 开启。',
  'address-not-allowed':
    '此开发者账户不允许从您的地址发出请求，请服务器运维人员在控制台的“开发者”中，或用 keyrack accounts change 放行。',
  'signature-a-off':
    '此开发者账户不允许使用签名方式 A，请使用签名方式 B，或请服务器运维人员在控制台的“开发者”中，或用 keyrack accounts change --signature-a 放行。',
  'property-not-allowed':
    '此账户无权操作该物业，请核对物业编号，或请管理员在控制台的“开发者”中，或用 keyrack accounts allow 放行。',
  'creator-or-password': '账号不存在或密码错误，请核对后重试。',
  'too-many-failures': '失败次数过多，请稍候几分钟再试。',
  'too-many-signatures': '来自该地址的错误签名过多，请核对 accountSid 和 authToken 后重试。',
  'server-busy': '等待验证的密码过多，请几秒后重试。',
  'member-inactive': '该成员已停用，请管理员在控制台的“成员”中，或用 keyrack members activate 重新启用。',
  'permission-off': '发卡权限未开启，请管理员在控制台的“成员”中，或用 keyrack members permit 开启。',

  // What is asked for.
  'lock-changed': '房间的门锁已更换为其他类型，请按现在的门锁重新发送。',
  'card-unknown': '该物业没有此序列号的卡片，请读卡后按显示的序列号重试。',
  'card-never-issued': '此卡没有可注销的房间，请先发卡。',
  'card-issued-anew': '此卡在此期间已重新发出，请先读卡，如仍需注销请再次注销。',
  'end-time-past': '结束时间已过，请使用更晚的时间（按物业时区）。',
  'end-before-begin': '卡片的结束时间早于开始时间，请使用更晚的结束时间或更早的开始时间。',
  'lost-for-later': '挂失补卡立即生效，请勿填写开始时间。',
  'no-guest-in': '届时此房间没有住客，无法复制房卡，请发新卡。',
  'next-stay-too-close': '此房间下一位住客的房卡已发出，且此前住客过多，请先注销该卡，稍后重新发卡。',
  'too-many-upcoming': '此房间预先发出的房卡过多，请等其中一张生效，或注销一张。',
  'copies-interrupted': '服务器在两张房卡之间重启或停顿过久，请查看已制作哪些房卡，其余的请按副卡补发。',
  'owner-required': '此房间需要填写持卡人姓名。',
  'open-type-unfit': '此房间的门锁不支持常开。',
  'encoder-required': '此房间的门锁需要指定发卡器的 MAC。',
  'key-ended':
    '提出请求的 API 密钥已失效或不再有权操作，请在控制台的“开发者”中，或用 keyrack keys create 生成新的密钥后重新发送。',
  'encoder-not-named': 'API 密钥未在任何前台登录，请指定要使用的发卡器。',
  'card-blank-already': '此卡已注销，为空白卡，无需再操作。',
  'room-unknown': '该物业没有此房间，请核对楼栋、楼层和房间号。',
  'card-type-mismatch': '卡类型与房间的门锁类型不符。',

  // Where it is carried out.
  'encoder-unknown': '该物业没有此 MAC 的发卡器，请查询发卡器列表。',
  'encoder-offline': '发卡器未连接，请插好发卡器，确认其所在电脑的代理程序正在运行，然后重试。',
  'encoder-disputed':
    '两个前台的发卡器使用相同的 MAC（控制台的“前台”，或 keyrack encoders show 会列出两处），请拔下其中一台，然后重试。',
  'encoder-busy': '发卡器等待处理的请求过多，请稍后重试。',
  'not-signed-in': '该成员未在任何前台登录，请在前台登录后重试。',
  'no-marked-encoder':
    '该成员登录的前台没有用于此卡类型的发卡器，请在控制台的“前台”中，或用 keyrack encoders change --for-signed-in yes 指定一台。',
  'agent-suspended':
    '此前台代理程序已被暂停，请管理员在控制台的“前台”中，或用 keyrack agents pair --replaces ID 取得配对码，重新配对。',
  restored: '服务器已从备份恢复，正在等待此发卡器上报，请连接其代理程序。',

  // What happened at the encoder.
  'no-card': '在规定时间内没有放上卡片，请放好卡片后重试。',
  'not-a-room-card': '发卡器上是手机、银行卡或其他非房卡，请放上房卡后重试。',
  'chip-not-written': '发卡器上的卡片类型不受支持，请使用 MIFARE Classic 1K、Ultralight EV1 或 NTAG 卡。',
  'encoder-unfit': '此发卡器无法处理这种卡片，请换一种卡片，或换一种型号的发卡器。',
  'card-not-answering': '发卡器上的卡片没有明确响应，请只放一张卡片，平放在中央，然后重试。',
  'encoder-in-use': '本机的其他程序正在占用发卡器，请关闭该程序后重试。',
  'other-card': '发卡器上是另一张卡，请放上所要求的卡片。',
  'card-already-issued': '发卡器上的卡片已经是这把房卡，请交给客人，或换一张卡；如需重写，请先注销。',
  'card-not-lifted': '这张卡刚刚发好，请拿开，然后放上下一张卡。',
  'issued-card-changed': '此卡已发出，但之后被注销、替换或重写，请读卡确认。',
  'issued-card-unsure': '此卡已发出，但目前是否仍为该房卡无法确定，请读卡确认。',
  'card-unreadable': '发卡器上的卡片无法用本物业的密钥打开，请换一张卡。',
  'card-occupied': '发卡器上的卡片仍可打开其他房间，请先注销，或换一张卡。',
  'card-garbled': '发卡器上的卡片已损坏，请注销此卡，或换一张卡。',
  'card-checksum': '卡片内容不真实，请留下此卡并询问来源。',
  'card-copied': '此卡是复制卡，请留下此卡并询问来源。',
  'foreign-card': '发卡器上的卡片属于其他物业，未作更改。',
  'card-changed': '写卡前卡片已被移开，请放好，完成前不要移动。',
  'not-carried-out': '发卡器未能完成操作，卡片内容未变，请重试。',
  'write-failed': '未能写入卡片，内容未变。请放好卡片后重试，或换一张卡。',
  'card-damaged': '写卡中断，卡片已损坏，请放到发卡器上并再次注销。',
  'card-in-doubt': '写卡过程中卡片被移开，请将此卡放到发卡器上（会自动读取），然后再次发送相同请求。',
  'outcome-open': '规定时间内结果未知，请再次发送相同请求以查询结果。',
  'outcome-unknown': '写卡过程中卡片被移开，请读卡以确认其内容。',
  'agent-restarted': '写卡过程中代理程序重新启动，请读卡以确认其内容。',
  'journal-lost': '代理程序的日志已丢失，请读卡以确认其内容。',
  declined: '已在前台拒绝，如仍需要请重新发送。',
  withdrawn: '写卡前已撤回，如仍需要请重新发送。',
  'written-off': '此卡的结果已无法查明，使用前请先读卡。',

  // Not now, at an encoder.
  'not-next': '此发卡器上有其他操作优先。',
  'opened-too-early': '此卡上的前一操作尚未结束，正在重新读取。',
  'nonce-used': '正在重新打开此卡。',
  'operation-over': '此操作已结束。',

  // Why the server ends a connection.
  protocol: '代理程序与服务器版本不一致，请将代理程序更新到服务器的版本。',
  'agent-too-old':
    '代理程序版本过旧，服务器无法使用。请在服务器控制台的“前台”中下载并更新代理程序，其文件夹中的内容会保留。',
  'agent-too-new': '代理程序版本比服务器新。请更新服务器，或在此使用与服务器同版本的代理程序。',
  'bad-message': '服务器无法理解某条消息，如再次出现请更新代理程序。',
  'not-proved': UNKNOWN,
  'agent-unknown': UNKNOWN,
  'agent-revoked':
    '此代理程序已被永久吊销。如仍需使用此电脑，请在控制台的“前台”中，或用 keyrack agents pair 取得配对码，并用 --data 指定另一个文件夹，作为新的代理程序配对。',
  'paired-already':
    '此电脑已配对，该配对码会再建一个代理程序。请向管理员索取用于替换的配对码（控制台的“前台”，或 keyrack agents pair --replaces ID）；如原代理程序已被吊销或服务器不认识它，请用 --data 指定另一个文件夹。',
  'wrong-code': '配对码无效或已过期，请管理员在控制台的“前台”中，或用 keyrack agents pair 生成新的配对码。',
  'pairing-busy': '正在配对的代理程序过多，请几秒后重新配对。',
  'too-many-codes': '配对码错误次数过多，请等待 15 分钟，然后使用新的配对码。',
  paired: '配对成功，代理程序将用自己的密钥重新连接。',
  replaced: '此代理程序的新连接已取代旧连接。',
  'not-yet': '服务器已从备份恢复，代理程序完成当前操作后会重新连接。',
  'database-restored': '服务器已从备份恢复，代理程序将重新连接并报告此后的操作。',
  'no-chain': '日志记录与服务器不连续，代理程序将重新连接。',
  'catch-up-too-long': '服务器缺少的日志记录过多，请联系技术支持。',
  unavailable: '服务器未能记录，代理程序将重新连接。',
  late: '代理程序连接耗时过长，将重新连接。',
  'no-room': '同时建立的连接过多，代理程序将重新连接。',
  'too-much': '此代理程序的请求超出一个前台所需，将重新连接；如再次出现请检查该电脑。',
  silent: '服务器长时间未收到代理程序的消息。',
  stopping: '服务器正在停止。',

  // Why the server ends a sign-in.
  'sign-in-idle': '长时间无人操作，请重新登录后继续。',
  'signed-in-elsewhere': '该成员已在其他前台登录，此处的登录已结束。',
  'password-changed': '该成员的密码已更改，请使用新密码重新登录。',
  'member-deactivated': '该成员已被停用，请管理员在控制台的“成员”中，或用 keyrack members activate 重新启用。',

  // Of this agent.
  'no-answer': '服务器没有响应，请重试。',
  'not-connected': '未连接到服务器，请在恢复连接后重试。',
  'connection-lost': '与服务器的连接已断开，请重试。',
  'pcsc-not-running':
    '本机的智能卡服务（PC/SC）没有运行。请启动该服务：Linux 运行 systemctl enable --now pcscd.socket；Windows 插入读卡器，或在 services.msc 中启动 SCardSvr；macOS 重新启动电脑。',
  'pcsc-refused':
    '本机的智能卡服务（PC/SC）正在运行，但拒绝此用户使用。请按 docs/desk-pc.md 在 polkit 中放行，或由前台人员以自己的用户运行代理程序。',
  'pcsc-ends-at-once':
    '本机的智能卡服务（PC/SC）启动后立即退出，请查看其日志：Linux 为 journalctl -u pcscd，Windows 为事件查看器中的 SCardSvr。',
  'encoder-hung': '有发卡器无响应，请拔下后重新插入。',
  'journal-replaced': '日志已更换为新日志，服务器会告知哪些卡片需要重新读取。',
  'sign-in-failed': '自动登录失败，请在此登录。',
  'journal-broken': '日志无法写入，已停止执行操作。请腾出磁盘空间或修复磁盘，然后重新启动代理程序。',
};
