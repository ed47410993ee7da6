#include "dialer/app/survey/form_shelf.h"

#include "base/check.h"
#include "campaigns/form/read_form.h"

namespace bellwether::app {

std::shared_ptr<const campaigns::form::Form> FormShelf::form_of(
    CampaignId campaign, const campaigns::form::FormSheets& sheets) {
    const std::lock_guard lock{mutex_};
    Kept& kept = kept_[campaign];
    if (kept.form && kept.sheets == sheets) return kept.form;
    auto form = campaigns::form::read_form(sheets);
    BW_CHECK(form.has_value());
    kept = {sheets, std::make_shared<const campaigns::form::Form>(*std::move(form))};
    return kept.form;
}

}  // namespace bellwether::app
