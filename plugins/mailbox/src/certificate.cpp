#include "certificate.hpp"

#include "server.hpp"

#include <gnutls/x509.h>
#include <libetpan/mailstream_ssl.h>

namespace mailbox {
namespace {

[[noreturn]] void refuse(const std::string& why) { throw ServerError{ServerError::Step::certificate, why}; }

class TrustList {
public:
    explicit TrustList(const std::string& ca_file) {
        if (gnutls_x509_trust_list_init(&list_, 0) < 0) throw std::bad_alloc{};
        const int n = ca_file.empty() ? gnutls_x509_trust_list_add_system_trust(list_, 0, 0)
                                      : gnutls_x509_trust_list_add_trust_file(list_, ca_file.c_str(), nullptr, GNUTLS_X509_FMT_PEM, 0, 0);
        if (n > 0) return;
        gnutls_x509_trust_list_deinit(list_, 1);
        refuse(ca_file.empty() ? "this machine trusts no certificates" : "no certificate can be read from " + ca_file);
    }
    ~TrustList() { gnutls_x509_trust_list_deinit(list_, 1); }
    TrustList(const TrustList&) = delete;
    gnutls_x509_trust_list_t get() const { return list_; }

private:
    gnutls_x509_trust_list_t list_{};
};

class Chain {
public:
    explicit Chain(mailstream* stream) {
        auto* der = mailstream_get_certificate_chain(stream);
        for (unsigned i = 0; der && i < carray_count(der); ++i) add(static_cast<MMAPString*>(carray_get(der, i)));
        if (der) mailstream_certificate_chain_free(der);
        if (certificates_.empty()) refuse("the server shows no certificate");
    }
    ~Chain() {
        for (auto certificate : certificates_) gnutls_x509_crt_deinit(certificate);
    }
    Chain(const Chain&) = delete;
    gnutls_x509_crt_t* data() { return certificates_.data(); }
    unsigned size() const { return static_cast<unsigned>(certificates_.size()); }

private:
    void add(const MMAPString* der) {
        gnutls_datum_t datum{reinterpret_cast<unsigned char*>(der->str), static_cast<unsigned>(der->len)};
        gnutls_x509_crt_t certificate{};
        if (gnutls_x509_crt_init(&certificate) < 0) throw std::bad_alloc{};
        if (gnutls_x509_crt_import(certificate, &datum, GNUTLS_X509_FMT_DER) == 0) certificates_.push_back(certificate);
        else gnutls_x509_crt_deinit(certificate);
    }
    std::vector<gnutls_x509_crt_t> certificates_;
};

std::string explain(unsigned status) {
    gnutls_datum_t text{};
    if (gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0) != 0) return "the certificate is not valid";
    std::string out{reinterpret_cast<const char*>(text.data), text.size};
    gnutls_free(text.data);
    while (!out.empty() && (out.back() == ' ' || out.back() == '\0')) out.pop_back();
    return out;
}

}  // namespace

void require_certificate(mailstream* stream, const std::string& host, const std::string& ca_file) {
    const TrustList trusted{ca_file};
    Chain chain{stream};
    gnutls_typed_vdata_st name{GNUTLS_DT_DNS_HOSTNAME, reinterpret_cast<unsigned char*>(const_cast<char*>(host.data())),
                               static_cast<unsigned>(host.size())};
    unsigned status = 0;
    const int result = gnutls_x509_trust_list_verify_crt2(trusted.get(), chain.data(), chain.size(), &name, 1, 0, &status, nullptr);
    if (result < 0) refuse(gnutls_strerror(result));
    if (status != 0) refuse(explain(status));
}

void name_server(mailstream_ssl_context* context, void* data) {
    mailstream_ssl_set_server_name(context, static_cast<std::string*>(data)->data());
}

}  // namespace mailbox
