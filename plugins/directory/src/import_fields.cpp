#include "import_fields.hpp"

#include <algorithm>
#include <array>

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kAccountKeys[] = {"code", "email"};
constexpr std::string_view kContactKeys[] = {"email"};
constexpr std::string_view kContractKeys[] = {"ref"};

constexpr ImportKind kKinds[] = {
    {"account", kAccounts, kAccountKeys},
    {"contact", kContacts, kContactKeys},
    {"contract", kContracts, kContractKeys},
};

// How else spreadsheets and other programs call a field, folded.
struct Synonyms {
    std::string_view field;
    std::array<std::string_view, 10> words;
};
constexpr Synonyms kSynonyms[] = {
    {"name", {"nom", "raisonsociale", "societe", "entreprise", "tiers", "nomdutiers", "company", "companyname", "nomducompte"}},
    {"type", {"categorie", "naturedutiers", "accounttype"}},
    {"code",
     {"codeclient", "numerodeclient", "numeroclient", "nclient", "ndeclient", "reference", "customerno", "customercode", "codetiers"}},
    {"email", {"email", "mail", "courriel", "adresseemail", "adressemail", "emailaddress", "adresseelectronique"}},
    {"phone", {"tel", "telephone", "telephonefixe", "telfixe", "phonenumber", "telephoneprofessionnel"}},
    {"mobile", {"portable", "telephoneportable", "telportable", "gsm", "telmobile", "telephonemobile", "mobilephone"}},
    {"website", {"site", "siteweb", "siteinternet", "url", "web"}},
    {"address", {"adresse", "rue", "street", "adressepostale"}},
    {"zip", {"cp", "codepostal", "postalcode", "zipcode"}},
    {"town", {"ville", "commune", "city", "localite"}},
    {"country", {"pays"}},
    {"notes", {"note", "remarque", "remarques", "commentaire", "commentaires", "observations", "comment", "comments"}},
    {"active", {"actif", "enactivite", "estactif", "isactive"}},
    {"account",
     {"compte", "client", "societe", "tiers", "codeclient", "numerodeclient", "entreprise", "company", "customer", "raisonsociale"}},
    {"first_name", {"prenom", "firstname", "givenname"}},
    {"last_name", {"nom", "nomdefamille", "lastname", "surname", "familyname"}},
    {"job_title", {"fonction", "poste", "metier", "title", "position"}},
    {"language", {"langue"}},
    {"main", {"principal", "contactprincipal", "maincontact"}},
    {"ref", {"reference", "numero", "ncontrat", "numerodecontrat", "contractno"}},
    {"label", {"libelle", "objet", "sujet", "intitule", "subject", "designation"}},
    {"starts_on", {"debut", "datedebut", "datededebut", "start", "startdate", "startson"}},
    {"ends_on", {"fin", "datefin", "datedefin", "echeance", "end", "enddate", "endson"}},
    {"status", {"etat", "statut"}},
};

constexpr std::pair<std::string_view, char> kAccents[] = {{"à", 'a'}, {"â", 'a'}, {"ä", 'a'}, {"á", 'a'}, {"ç", 'c'}, {"é", 'e'},
                                                          {"è", 'e'}, {"ê", 'e'}, {"ë", 'e'}, {"î", 'i'}, {"ï", 'i'}, {"ô", 'o'},
                                                          {"ö", 'o'}, {"ù", 'u'}, {"û", 'u'}, {"ü", 'u'}, {"À", 'a'}, {"Â", 'a'},
                                                          {"Ç", 'c'}, {"É", 'e'}, {"È", 'e'}, {"Ê", 'e'}, {"Î", 'i'}, {"Ô", 'o'}};

bool is_synonym(std::string_view field, std::string_view word) {
    const auto found = std::ranges::find(kSynonyms, field, &Synonyms::field);
    return found != std::end(kSynonyms) && !word.empty() && std::ranges::find(found->words, word) != found->words.end();
}

bool is_called(const ImportField& field, std::string_view word) {
    return !word.empty() && (folded(field.name) == word || folded(field.label) == word);
}

void add_words(Value& words, Value choices) {
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (!choices[i]["active"].boolean().value_or(true)) continue;
        const auto code = choices[i]["value"].text().value_or("");
        for (const auto word : {choices[i]["label"].text().value_or(""), code})
            if (const auto key = folded(word); !key.empty()) words.set(key, code);
    }
}

}  // namespace

const std::span<const ImportKind> kImportKinds{kKinds};

const ImportKind* find_import_kind(std::string_view name) {
    const auto found = std::ranges::find(kKinds, name, &ImportKind::name);
    return found == std::end(kKinds) ? nullptr : found;
}

std::vector<ImportField> import_fields(Ctx ctx, const ImportKind& kind) {
    std::vector<ImportField> out;
    for (const auto& field : kind.resource.entity.fields) {
        if (field.kind == Kind::reference)
            out.push_back({.name = std::string{kAccountColumn}, .label = std::string{ctx.tr("Account")}, .needed = true});
        else
            out.push_back({.name = std::string{field.name},
                           .label = std::string{ctx.tr(field.label)},
                           .field = &field,
                           .needed = !field.missing.empty() && field.initial.empty()});
    }
    const auto custom = ctx.fields(kind.resource.entity.object, guichet::kEveryAudience);
    for (std::size_t i = 0; i < custom.size(); ++i)
        out.push_back({.name = "custom." + std::string{custom[i]["code"].text().value_or("")},
                       .label = std::string{custom[i]["label"].text().value_or("")},
                       .type = std::string{custom[i]["type"].text().value_or("")}});
    return out;
}

std::vector<std::string> guess_columns(Ctx, const std::vector<ImportField>& fields, const std::vector<std::string>& heads) {
    std::vector<std::string> out(heads.size());
    const auto take = [&](auto&& matches) {
        for (std::size_t i = 0; i < heads.size(); ++i) {
            if (!out[i].empty()) continue;
            const auto word = folded(heads[i]);
            for (const auto& field : fields) {
                if (std::ranges::find(out, field.name) != out.end() || !matches(field, word)) continue;
                out[i] = field.name;
                break;
            }
        }
    };
    take([](const ImportField& field, std::string_view word) { return is_called(field, word); });
    take([](const ImportField& field, std::string_view word) { return is_synonym(field.name, word); });
    return out;
}

Value import_words(Ctx ctx, const ImportKind& kind, const std::vector<ImportField>& fields) {
    auto out = ctx.object();
    const auto custom = ctx.fields(kind.resource.entity.object, guichet::kEveryAudience);
    for (const auto& field : fields) {
        auto words = ctx.object();
        if (field.field && field.field->choices) add_words(words, field.field->choices(ctx));
        for (std::size_t i = 0; i < custom.size(); ++i)
            if (field.type == "list" && field.name.substr(7) == custom[i]["code"].text()) add_words(words, custom[i]["options"]);
        if (words.size() > 0) out.set(field.name, words);
    }
    return out;
}

std::string folded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto accent = std::ranges::find_if(kAccents, [&](const auto& a) { return text.starts_with(a.first); });
        if (accent != std::end(kAccents)) {
            out += accent->second;
            text.remove_prefix(accent->first.size());
            continue;
        }
        const char c = text.front();
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
        text.remove_prefix(1);
    }
    return out;
}

}  // namespace directory
