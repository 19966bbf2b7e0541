//! The currencies of ISO 4217 and how many decimals their amounts have.

/// How many decimals amounts of a currency have, for example 2 for `EUR` and 0 for `JPY`; `None` for no currency.
pub fn currency_decimals(code: &str) -> Option<u8> {
    if !CURRENCIES.contains(&code) {
        return None;
    }
    Some(match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    })
}

/// The code that was probably meant by the name or sign of a currency.
pub(super) fn meant_currency(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let meant = match lower.as_str() {
        "€" | "euro" | "euros" | "cent" | "cents" => "EUR",
        "$" | "dollar" | "dollars" => "USD",
        "£" | "pound" | "pounds" | "sterling" => "GBP",
        "¥" | "yen" => "JPY",
        "franc" | "francs" | "franken" => "CHF",
        _ => {
            let upper = text.to_uppercase();
            return crate::error::did_you_mean(&upper, CURRENCIES.iter().copied());
        }
    };
    Some(meant)
}

/// In force in 2026, funds and metals left out.
const CURRENCIES: [&str; 157] = [
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHF", "CLF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
    "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ",
    "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR",
    "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
    "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB",
    "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UYW",
    "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW",
    "ZWG",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_decimals_of_currencies() {
        let check = |code, expect| assert_eq!(currency_decimals(code), expect, "{code}");
        check("EUR", Some(2));
        check("JPY", Some(0));
        check("KWD", Some(3));
        check("CLF", Some(4));
        check("eur", None);
        check("XXX", None);
    }

    #[test]
    fn guesses_the_currency_from_names_and_signs() {
        let check = |text, expect| assert_eq!(meant_currency(text), expect, "{text}");
        check("€", Some("EUR"));
        check("Dollar", Some("USD"));
        check("EURO", Some("EUR"));
        check("12345", None);
    }
}
