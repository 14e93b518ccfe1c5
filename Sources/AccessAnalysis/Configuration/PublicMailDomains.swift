/// Domains in which anybody can have a mailbox, so that an address there shows nothing of who has it.
package enum PublicMailDomains {
    /// The large providers and the disposable ones that are met most, lower case; configuration adds to them.
    package static let builtIn: Set<String> = [
        "126.com", "163.com", "aol.com", "fastmail.com", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch",
        "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "guerrillamail.com", "hey.com", "hotmail.co.uk",
        "hotmail.com", "hotmail.de", "hotmail.fr", "hushmail.com", "icloud.com", "inbox.lv", "interia.pl",
        "laposte.net",
        "libero.it", "live.co.uk", "live.com", "live.nl", "mac.com", "mail.com", "mail.ru", "mailinator.com",
        "mailbox.org", "me.com", "msn.com", "naver.com", "o2.pl", "orange.fr", "outlook.com", "outlook.de",
        "outlook.fr", "pm.me", "posteo.de", "proton.me", "protonmail.com", "qq.com", "rediffmail.com", "rocketmail.com",
        "seznam.cz", "sina.com", "t-online.de", "tuta.com", "tutanota.com", "wanadoo.fr", "web.de", "wp.pl",
        "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.it", "yandex.com",
        "yandex.ru", "ymail.com", "yopmail.com", "zoho.com", "zohomail.com",
    ]
}
