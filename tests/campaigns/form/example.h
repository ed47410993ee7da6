#pragma once

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// The worked example of research/surveys.md 1.12.
inline FormSheets worked_example() {
    return {
        .survey =
            "type,name,label::English "
            "(en),relevant,constraint,required,calculation,choice_filter,repeat_count,parameters,"
            "tel::keys,tel::disposition\n"
            "note,hello,Good day.,,,,,,,,,\n"
            "select_one yn,shop,Did you visit us this week?,,,yes,,,,,yes=1 no=2,partial\n"
            "note,out,Thank you; we only ask visitors.,${shop} = 'no',,,,,,,,screened\n"
            "integer,times,How many times?,,. >= 1 and . <= 3,yes,,,,,,\n"
            "begin_repeat,visit,Visit,,,,,,${times},,,\n"
            "decimal,spent,How much did you spend on visit number ${no}?,,. <= 500,,,,,,,\n"
            "calculate,no,,,,,position(..),,,,,\n"
            "end_repeat,,,,,,,,,,,\n"
            "calculate,total,,,,,sum(${spent}),,,,,\n"
            "select_multiple dept,dept,Which departments?,,,,,max >= ${total},,\"randomize=true, "
            "seed=1\",,\n"
            "select_one yn,dear,Was it expensive?,${total} != 0,,,,,,,yes=1 no=2,\n",
        .choices =
            "list_name,name,label::English (en),max,tel::fixed,tel::exclusive\n"
            "yn,yes,Yes,,,\nyn,no,No,,,\n"
            "dept,food,Food,1000,,\ndept,toys,Toys,1000,,\ndept,gems,Gems,50,,\n"
            "dept,none,None,1000,last,yes\n",
        .settings = ""};
}

}  // namespace bellwether::campaigns::form
