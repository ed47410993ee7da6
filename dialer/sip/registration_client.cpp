#include "dialer/sip/registration_client.h"

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_tag.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "dialer/sip/challenge_answer.h"
#include "dialer/sip/sip_text.h"

namespace bellwether::sip {
namespace {

// Long enough not to hammer a registrar that is down, short enough for a practice run of a minute.
constexpr std::chrono::seconds kRetryDelay{10};

}  // namespace

std::map<std::uint64_t, RegistrationClient::Registration>::iterator RegistrationClient::find(
    const std::string& user) {
    return std::find_if(by_owner_.begin(), by_owner_.end(),
                        [&](const auto& each) { return each.second.client.user == user; });
}

void RegistrationClient::start(RegisterClient client) {
    if (const auto old = find(client.user); old != by_owner_.end()) {
        nua_handle_destroy(old->second.handle);
        by_owner_.erase(old);
    }
    const auto owner = next_owner_++;
    auto& registration = by_owner_[owner];
    registration.client = std::move(client);
    send(owner, registration);
}

void RegistrationClient::send(std::uint64_t owner, Registration& registration) {
    const auto& client = registration.client;
    const std::string registrar =
        "sip:" + client.registrar_host + ":" + std::to_string(client.registrar_port);
    const std::string aor = "<sip:" + escape_user(client.user) + "@" + client.registrar_host + ">";
    const auto& contact_user = client.contact_user.empty() ? client.user : client.contact_user;
    const std::string contact = "<sip:" + escape_user(contact_user) + "@" +
                                stack_.config.bind_host + ":" + std::to_string(stack_.port) + ">";
    const std::string expires = std::to_string(client.expires.count());

    if (registration.handle != nullptr) nua_handle_destroy(registration.handle);
    registration.handle = nua_handle(stack_.nua, magic_of(owner), TAG_END());
    registration.challenged = false;
    registration.retry_at = Elapsed{0};
    registration.asking = true;
    nua_register(
        registration.handle, NUTAG_REGISTRAR(registrar.c_str()), SIPTAG_FROM_STR(aor.c_str()),
        SIPTAG_TO_STR(aor.c_str()), SIPTAG_CONTACT_STR(contact.c_str()),
        SIPTAG_EXPIRES_STR(expires.c_str()),
        // No OPTIONS to ourselves and no contact rewriting: the contact is what we say it is.
        NUTAG_OUTBOUND("no-outbound no-options-keepalive no-validate no-natify"),
        NUTAG_KEEPALIVE(0), TAG_END());
}

void RegistrationClient::stop(const std::string& user) {
    const auto found = find(user);
    if (found == by_owner_.end() || found->second.leaving) return;
    found->second.leaving = true;
    // While a REGISTER is unanswered nobody knows whether there is a binding: the answer tells.
    if (!found->second.asking) take_back(found->first, found->second);
}

void RegistrationClient::take_back(std::uint64_t owner, Registration& registration) {
    if (registration.reported != 200) return left(owner, 200);  // there is nothing to take back
    registration.challenged = false;
    nua_unregister(registration.handle, TAG_END());
}

void RegistrationClient::stop_all() {
    std::vector<std::string> users;
    for (const auto& [owner, registration] : by_owner_) users.push_back(registration.client.user);
    for (const auto& user : users) stop(user);
}

void RegistrationClient::on_event(const StackEvent& event) {
    const auto found = by_owner_.find(event.owner);
    if (found == by_owner_.end() || event.status < 200) return;
    if (event.event != nua_r_register && event.event != nua_r_unregister) return;
    auto& registration = found->second;

    const bool challenge = event.sip != nullptr && (event.status == 401 || event.status == 407);
    if (challenge && authenticate(registration, event)) return;
    if (event.event == nua_r_unregister) return left(event.owner, event.status);
    registration.asking = false;
    if (event.status < 300) {
        registration.challenged = false;  // the next refresh may be challenged again
        report(registration, 200);
    } else {
        failed(registration, event.status);
    }
    if (registration.leaving) take_back(event.owner, registration);
}

/// Answers the challenge, once; false when there is no answer to it.
bool RegistrationClient::authenticate(Registration& registration, const StackEvent& event) {
    if (registration.challenged) return false;
    const auto answers = answers_to_challenge(*event.sip, {}, registration.client.user,
                                              registration.client.password);
    if (answers.empty()) return false;
    registration.challenged = true;
    nua_authenticate(registration.handle, NUTAG_AUTH(answers.front().c_str()), TAG_END());
    return true;
}

void RegistrationClient::failed(Registration& registration, int status) {
    // Wrong credentials do not get better by trying, they lead to a lock.
    const bool refused = status == 401 || status == 403 || status == 407;
    if (!refused && !registration.leaving) registration.retry_at = monotonic_now() + kRetryDelay;
    report(registration, status);
}

void RegistrationClient::report(Registration& registration, int status) {
    if (std::exchange(registration.reported, status) == status) return;
    stack_.emit(RegistrationResult{registration.client.user, status == 200, status});
}

void RegistrationClient::left(std::uint64_t owner, int status) {
    const auto found = by_owner_.find(owner);
    stack_.emit(RegistrationResult{found->second.client.user, false, status});
    nua_handle_destroy(found->second.handle);
    by_owner_.erase(found);
}

void RegistrationClient::retry_due(Elapsed now) {
    for (auto& [owner, registration] : by_owner_) {
        if (registration.retry_at.count() != 0 && registration.retry_at <= now)
            send(owner, registration);
    }
}

void RegistrationClient::abandon_all() {
    while (!by_owner_.empty()) left(by_owner_.begin()->first, 408);
}

}  // namespace bellwether::sip
